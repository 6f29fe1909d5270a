namespace BitSearch.Bench.Harness;

/// <summary>What one run of a group found, as it is written to <c>results/bench/</c>.</summary>
/// <param name="Group">The group's name.</param>
/// <param name="Title">What was measured.</param>
/// <param name="Machine">Where, when and with which versions.</param>
/// <param name="Clock"><c>cpu</c> or <c>wall</c>: what medians and ratios are of.</param>
/// <param name="Rounds">Measurements of each case.</param>
/// <param name="Cases">In the order of the table.</param>
/// <param name="Ratios">Ratios of medians.</param>
/// <param name="Notes">What the reader has to know.</param>
internal sealed record GroupResult(
    string Group, string Title, Machine Machine, string Clock, int Rounds, IReadOnlyList<CaseResult> Cases, IReadOnlyList<RatioResult> Ratios, IReadOnlyList<string> Notes)
{
    /// <summary>Medians and ratios of measurements.</summary>
    public static GroupResult Of(
        BenchmarkGroup group, Machine machine, int rounds, IReadOnlyDictionary<BenchmarkCase, List<Measurement>> measured)
    {
        var cases = group.Cases.Select(c => CaseResult.Of(group, c, measured[c])).ToList();
        var ratios = cases.Select(c => c.Subject).Distinct().SelectMany(subject => group.Ratios
            .Select(r => (r.Title, Over: Find(subject, r.Over), Under: Find(subject, r.Under)))
            .Where(r => r is { Over.Median: not null, Under.Median: not null })
            .Select(r => new RatioResult(subject, r.Title, Math.Round(r.Over!.Median!.Value / r.Under!.Median!.Value, 3))));
        return new GroupResult(group.Name, group.Title, machine, group.Wall ? "wall" : "cpu", rounds, cases, [.. ratios], group.Notes);

        CaseResult? Find(string subject, string variant) => cases.Find(c => c.Subject == subject && c.Variant == variant);
    }
}

/// <summary>One case.</summary>
/// <param name="Subject">What was done.</param>
/// <param name="Variant">By whom or how.</param>
/// <param name="Median">Milliseconds, by the group's clock; null: not measured here.</param>
/// <param name="Rate">Pieces a second or minute at the median; null where nothing is counted.</param>
/// <param name="RateUnit">Such as <c>images/s</c>.</param>
/// <param name="Cpu">CPU milliseconds of each round.</param>
/// <param name="Wall">Wall milliseconds of each round.</param>
internal sealed record CaseResult(
    string Subject, string Variant, double? Median, double? Rate, string? RateUnit, IReadOnlyList<double> Cpu, IReadOnlyList<double> Wall)
{
    /// <summary>The median of measurements, and the rate that follows.</summary>
    public static CaseResult Of(BenchmarkGroup group, BenchmarkCase one, IReadOnlyList<Measurement> measured)
    {
        var median = MedianOf(measured.Select(m => Math.Round(group.TimeOf(m), 3)));
        var counted = median is not null && group.Unit is not null && one.Amount > 0;
        return new CaseResult(
            one.Subject,
            one.Variant,
            median,
            counted ? Math.Round(one.Amount / median!.Value * (group.Per == "min" ? 60_000 : 1_000), 3) : null,
            counted ? $"{group.Unit}/{group.Per}" : null,
            [.. measured.Select(m => Math.Round(m.Cpu, 3))],
            [.. measured.Select(m => Math.Round(m.Wall, 3))]);
    }

    private static double? MedianOf(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

/// <summary>A ratio of medians.</summary>
/// <param name="Subject">What was done.</param>
/// <param name="Title">Which variants.</param>
/// <param name="Value">The ratio.</param>
internal sealed record RatioResult(string Subject, string Title, double Value);
