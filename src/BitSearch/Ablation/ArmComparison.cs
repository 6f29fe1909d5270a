using System.Globalization;
using BitSearch.Space;
using BitSearch.Statistics;
using BitSearch.Trials;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace BitSearch.Ablation;

/// <summary>Decreasing against another arm at equal bytes, over pairs that share a seed.</summary>
/// <param name="Budget">The budget; null: the mean over all budgets, seed by seed.</param>
/// <param name="Role">What stands for the patterns.</param>
/// <param name="Other">What decreasing is compared with.</param>
/// <param name="Differences">Points of validation accuracy, decreasing less the other, one for each seed; at least two.</param>
/// <param name="Interval">Their mean with a 95 % bootstrap interval.</param>
/// <param name="PValue">Of the exact paired permutation test, two-sided.</param>
public sealed record ArmComparison(
    string? Budget, AblationRole Role, SchedulePattern Other, EquatableArray<double> Differences, BootstrapInterval Interval, double PValue)
{
    /// <summary>The chance of a false alarm that is accepted, over the comparisons of a budget and role together.</summary>
    public const double Level = 0.05;

    private const double Power = 0.8;

    /// <summary>The p-value, corrected (Holm 1979) over <see cref="Family"/> comparisons.</summary>
    public double Adjusted { get; init; }

    /// <summary>How many comparisons are corrected together.</summary>
    public int Family { get; init; } = 1;

    /// <summary>Mean over standard deviation of the differences (Cohen's d_z, Lakens 2013); NaN where all are equal.</summary>
    public double EffectSize => Spread == 0 ? double.NaN : Interval.Estimate / Spread;

    /// <summary>1: decreasing is better; -1: worse; 0: no difference is shown.</summary>
    public int Verdict => Adjusted > Level ? 0 : Math.Sign(Interval.Estimate);

    /// <summary>
    /// The smallest difference, in points, that so many pairs of this spread would show four times in five at the strictest
    /// level of the correction, by Student's t; null where no difference whatever could be shown, for want of pairs.
    /// </summary>
    public double? Detectable => Family * Math.Pow(2, 1 - Differences.Count) > Level ? null
        : (StudentT.InvCDF(0, 1, Differences.Count - 1, 1 - (Level / 2 / Family)) + StudentT.InvCDF(0, 1, Differences.Count - 1, Power)) * Spread / Math.Sqrt(Differences.Count);

    private double Spread => Differences.StandardDeviation();

    /// <summary>Compares; the correction is to come.</summary>
    public static ArmComparison Of(string? budget, AblationRole role, SchedulePattern other, EquatableArray<double> differences, Seed seed) =>
        new(budget, role, other, differences, BootstrapInterval.OfMean(differences, seed), PairedPermutation.PValue(differences, seed));

    /// <summary>The comparisons of one budget and role, corrected together.</summary>
    public static IReadOnlyList<ArmComparison> Corrected(IReadOnlyList<ArmComparison> family)
    {
        var adjusted = HolmCorrection.Adjust([.. family.Select(c => c.PValue)]);
        return [.. family.Select((c, i) => c with { Adjusted = adjusted[i], Family = family.Count })];
    }

    /// <summary>The verdict in one line.</summary>
    public override string ToString()
    {
        var interval = Verdict < 0 ? (Low: -Interval.High, High: -Interval.Low) : (Interval.Low, Interval.High);
        var p = Adjusted < 0.001 ? "p < 0.001" : Text($"p = {Adjusted:0.###}");
        return Verdict != 0
            ? Text($"decreasing {(Verdict > 0 ? "better" : "worse")} than {Other.Name()} by {Math.Abs(Interval.Estimate):0.0#} points [{interval.Low:0.0#}, {interval.High:0.0#}], {p}")
            : Differences.All(d => d == 0) ? $"decreasing and {Other.Name()} chose the same schedule"
            : Text($"no difference shown to {Other.Name()}: {Interval.Estimate:+0.0#;-0.0#;0.0} points [{Interval.Low:+0.0#;-0.0#;0.0}, {Interval.High:+0.0#;-0.0#;0.0}], {p}; ")
                + (Detectable is { } least ? Text($"smallest effect detectable here {least:0.0#} points") : Text($"{Differences.Count} seeds cannot show any"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
