using System.Globalization;
using System.Text;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Statistics;
using BitSearch.Torch.Sensitivity;
using BitSearch.Trials;

namespace BitSearch.Cli.Commands;

/// <summary>One point.</summary>
internal sealed record SeparabilityRow(string Point, string Kind, int Depth, double Fuzziness, double FisherRatio, double Discrimination, double? Sensitivity);

/// <summary>A rank correlation over the searched weight layers.</summary>
internal sealed record SeparabilityCorrelation(string Of, string With, double? Rho, double PValue, int Layers);

/// <summary>What <c>bitsearch separability</c> found.</summary>
/// <param name="Study">The plan's name.</param>
/// <param name="Images">How many validation images.</param>
/// <param name="Against">The sensitivity measure and the width at which it is taken.</param>
/// <param name="Rows">By depth: weights, then activations.</param>
/// <param name="Correlations">Of depth with the measures, and of these with sensitivity.</param>
/// <param name="Suggested">What the strategy <c>separability</c> would try first in each arm, by these images; null: none that its pattern and budget allow.</param>
internal sealed record SeparabilityAnswer(
    string Study, int Images, string Against, IReadOnlyList<SeparabilityRow> Rows, IReadOnlyList<SeparabilityCorrelation> Correlations, IReadOnlyList<KeyValuePair<string, string?>> Suggested)
{
    /// <summary>Gathers it.</summary>
    /// <param name="study">The plan's name.</param>
    /// <param name="images">How many validation images were read.</param>
    /// <param name="separation">The measures.</param>
    /// <param name="sensitivity">What they are compared with.</param>
    /// <param name="spaces">The arms by name.</param>
    /// <param name="seed">Decides permutations and ties.</param>
    public static SeparabilityAnswer Of(
        string study, int images, IReadOnlyList<LayerSeparation> separation, Measurement sensitivity, IEnumerable<(string Name, SearchSpace Space)> spaces, Seed seed)
    {
        var widths = sensitivity.Values.Select(v => v.Width).Where(w => !w.IsFull).Distinct().ToList();
        var width = widths.Count > 0 ? widths.MinBy(w => (Math.Abs(w.Bits - 2), w.Bits))
            : throw new PlanException("space.widths", "every point has full precision alone, so no sensitivity is measured", "a width below 32 bits");
        var rows = separation.Select(s => new SeparabilityRow(
            s.Point.Name, s.Point.Kind == PointKind.Weight ? "weights" : "activations", s.Point.Depth, s.Fuzziness, s.FisherRatio, s.Discrimination, sensitivity.Of(s.Point.Name, width))).ToList();
        return Of(study, images, FormattableString.Invariant($"{sensitivity.Name} at {width} bits"), rows, spaces, seed);
    }

    /// <summary>Adds correlations and suggestions to what was measured.</summary>
    public static SeparabilityAnswer Of(
        string study, int images, string against, IReadOnlyList<SeparabilityRow> rows, IEnumerable<(string Name, SearchSpace Space)> spaces, Seed seed)
    {
        var measured = new Measurements([new Measurement("separability", [.. rows.Select(r => new MeasuredValue(r.Point, Bitwidth.Full, r.Fuzziness))])]);
        return new SeparabilityAnswer(
            study, images, against, rows, [.. CorrelationsOf(rows, seed)],
            [.. spaces.Select(s => KeyValuePair.Create(s.Name, Suggest(s.Space, measured, seed) is { } schedule ? s.Space.Describe(schedule) : null))]);
    }

    /// <summary>The table and the sentences, for people.</summary>
    public string Text()
    {
        List<string[]> table = [["point", "depth", "D", "Fisher ratio", "GDV", Against]];
        table.AddRange(Rows.Select(r => (string[])
        [
            r.Point, Text($"{r.Depth}"), Text($"{r.Fuzziness:G4}"), Text($"{r.FisherRatio:G4}"), Text($"{r.Discrimination:0.000}"), r.Sensitivity is { } s ? Text($"{s:G4}") : "-",
        ]));
        var text = new StringBuilder().AppendRows(table).AppendLine();
        foreach (var c in Correlations)
        {
            text.AppendLine(Text($"Spearman's rho of {c.Of} with {c.With}, {c.Layers} weight layers: {(c.Rho is { } rho ? Text($"{rho:0.00}") : "none")} (permutation p = {c.PValue:0.####})"));
        }

        foreach (var (arm, schedule) in Suggested)
        {
            text.AppendLine($"by cuts of log D, arm {arm}: {schedule ?? "none that its pattern and budget allow"}");
        }

        return text.ToString();
    }

    /// <summary>The rows as CSV.</summary>
    public string Csv() => Rows.Select(r => (string[])
        [
            r.Point, r.Kind, Text($"{r.Depth}"), Text($"{r.Fuzziness:R}"), Text($"{r.FisherRatio:R}"), Text($"{r.Discrimination:R}"), r.Sensitivity is { } s ? Text($"{s:R}") : "",
        ]).Prepend(["point", "kind", "depth", "fuzziness", "fisher_ratio", "gdv", "sensitivity"])
        .Aggregate(new StringBuilder(), (text, cells) => text.AppendCells(cells)).ToString();

    // Over weights alone: an activation is what the layer before gives, so both would count it twice.
    private static IEnumerable<SeparabilityCorrelation> CorrelationsOf(IReadOnlyList<SeparabilityRow> rows, Seed seed)
    {
        var weights = rows.Where(r => r.Kind == "weights").ToList();
        var measured = weights.Where(r => r.Sensitivity is not null).ToList();
        (string Name, Func<SeparabilityRow, double> Value)[] measures = [("D", r => r.Fuzziness), ("Fisher ratio", r => r.FisherRatio), ("GDV", r => r.Discrimination)];
        foreach (var (name, value) in measures)
        {
            yield return Correlation("depth", name, weights, r => r.Depth, value, seed);
        }

        foreach (var (name, value) in measures.Prepend(("depth", r => r.Depth)).Where(_ => measured.Count > 2))
        {
            yield return Correlation(name, "sensitivity", measured, value, r => r.Sensitivity!.Value, seed);
        }
    }

    private static SeparabilityCorrelation Correlation(
        string of, string with, List<SeparabilityRow> rows, Func<SeparabilityRow, double> x, Func<SeparabilityRow, double> y, Seed seed)
    {
        var found = RankCorrelation.Of([.. rows.Select(x)], [.. rows.Select(y)], seed);
        return new SeparabilityCorrelation(of, with, double.IsNaN(found.Rho) ? null : found.Rho, found.PValue, found.Count);
    }

    private static Schedule? Suggest(SearchSpace space, Measurements measured, Seed seed) =>
        new SeparabilityProposer().Propose(space, TrialHistory.Empty, measured, seed.Stream("separability")) is { } schedule && space.Contains(schedule) ? schedule : null;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
