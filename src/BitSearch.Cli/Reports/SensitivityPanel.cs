using BitSearch.Search;
using BitSearch.Space;

namespace BitSearch.Cli.Reports;

/// <summary>A point of a line.</summary>
internal sealed record SensitivityDot(string Layer, double Value, double? Error);

/// <summary>A line over depth.</summary>
internal sealed record SensitivitySeries(string Name, string Color, IReadOnlyList<SensitivityDot> Points);

/// <summary>One panel of a measurement's picture.</summary>
internal sealed record SensitivityPanel(string Label, IReadOnlyList<SensitivitySeries> Series)
{
    private const string WeightColor = "#1B81C5";
    private const string ActivationColor = "#D55E00";

    /// <summary>The panels that have something to show: own values, weights by width, activations by width.</summary>
    public static IReadOnlyList<SensitivityPanel> Of(MeasurementFile file, NetworkDescription network)
    {
        var values = file.Measurement.Values.ToDictionary(v => (v.Point, v.Width));
        var own = new SensitivityPanel(Short(file.OwnMeaning ?? ""), file.OwnMeaning is null ? [] : Lines(
            [("weights", WeightColor, PointKind.Weight, Bitwidth.Full), ("activations", ActivationColor, PointKind.Activation, Bitwidth.Full)]));
        var widths = file.Measurement.Values.Select(v => v.Width).Where(w => !w.IsFull).Distinct().Order().ToList();
        return
        [
            .. new[] { own, ByWidth(PointKind.Weight, "weights"), ByWidth(PointKind.Activation, "activations") }.Where(p => p.Series.Count > 0),
        ];

        SensitivityPanel ByWidth(PointKind kind, string of) => new(
            $"{file.Measurement.Name}, {of}", Lines(widths.Select(w => ($"{w} bits", Palette.Bits(w), kind, w))));

        List<SensitivitySeries> Lines(IEnumerable<(string Name, string Color, PointKind Kind, Bitwidth Width)> lines) =>
        [
            .. lines.Select(l => new SensitivitySeries(l.Name, l.Color, [.. network.Points.Where(p => p.Kind == l.Kind)
                .Select(p => (p.Layer, Value: values.GetValueOrDefault((p.Name, l.Width)))).Where(p => p.Value is not null)
                .Select(p => new SensitivityDot(p.Layer, p.Value!.Value, p.Value.StandardError))])).Where(s => s.Points.Count > 0),
        ];
    }

    private static string Short(string text) => text.Length <= 34 ? text : $"{text[..33]}…";
}
