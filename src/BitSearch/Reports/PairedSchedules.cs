using BitSearch.Space;
using BitSearch.Statistics;
using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Reports;

/// <summary>Two schedules trained with the same seed: the same images in the same order, so their difference is the schedules'.</summary>
/// <param name="Repeat">Which replicate.</param>
/// <param name="First">The first schedule's trial, completed.</param>
/// <param name="Second">The second's.</param>
public sealed record SchedulePair(int Repeat, Trial First, Trial Second);

/// <summary>The mean difference of paired error rates.</summary>
/// <param name="Interval">First less second: below 0 the first is better. A 95 % bootstrap interval; null for fewer than two pairs.</param>
/// <param name="PValue">Of the exact paired permutation test, two-sided.</param>
public sealed record PairedError(BootstrapInterval? Interval, double PValue)
{
    /// <summary>Compares.</summary>
    /// <param name="differences">First less second, of each pair.</param>
    /// <param name="seed">Decides the resamples.</param>
    public static PairedError Of(IReadOnlyList<double> differences, Seed seed) => new(
        differences.Count < 2 ? null : BootstrapInterval.OfMean(differences, seed), PairedPermutation.PValue(differences, seed));
}

/// <summary>Two schedules of a study, paired by repeat.</summary>
/// <param name="Pairs">By repeat.</param>
public sealed record PairedSchedules(EquatableArray<SchedulePair> Pairs)
{
    /// <summary>The repeats that both schedules completed.</summary>
    public static PairedSchedules Of(TrialHistory history, Schedule first, Schedule second) => new((
        from a in history.CompletedRepeats(first)
        join b in history.CompletedRepeats(second) on a.Repeat equals b.Repeat
        orderby a.Repeat
        select new SchedulePair(a.Repeat, a, b)).ToEquatableArray());

    /// <summary>The difference of validation error rates.</summary>
    public PairedError Validation(Seed seed) =>
        PairedError.Of([.. Pairs.Select(p => p.First.Completed!.ErrorRate - p.Second.Completed!.ErrorRate)], seed);

    /// <summary>The difference of test error rates.</summary>
    /// <param name="tests">The test split read with each trial of the pairs.</param>
    /// <param name="seed">Decides the resamples.</param>
    public PairedError Test(IReadOnlyDictionary<int, TestScore> tests, Seed seed) =>
        PairedError.Of([.. Pairs.Select(p => tests[p.First.Number].ErrorRate - tests[p.Second.Number].ErrorRate)], seed);
}
