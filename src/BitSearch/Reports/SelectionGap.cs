using BitSearch.Statistics;
using BitSearch.Trials;

namespace BitSearch.Reports;

/// <summary>
/// How far a schedule's error on the test images, which chose nothing, lies above that on the validation images, by which
/// schedules are chosen. Part of that is the difficulty of the two sets of images, of which full precision has its own share in
/// the same repeats; what goes beyond hints at what the choice flattered. Intervals are over seeds, on the same images: which
/// images two networks differ in adds to a gap and is in no interval, so that even schedules that nobody chose may have one.
/// </summary>
/// <param name="Schedule">A schedule that was read on test in at least two repeats.</param>
/// <param name="Gap">Test error rate less validation error rate: the mean over the repeats and its 95 % interval.</param>
/// <param name="BeyondFull">The same less the gap of full precision, repeat by repeat; null: that was not read, or it is this one.</param>
public sealed record SelectionGap(ReportedSchedule Schedule, BootstrapInterval Gap, BootstrapInterval? BeyondFull)
{
    /// <summary>The gaps of the finalists, in their order.</summary>
    public static IEnumerable<SelectionGap> Of(StudyFacts facts, IEnumerable<Finalist> finalists, ReportedSchedule? fullPrecision)
    {
        var seed = new Seed(facts.Plan.Seed);
        var full = fullPrecision is null ? [] : Gaps(facts, fullPrecision);
        foreach (var schedule in finalists.Select(f => f.Schedule))
        {
            var gaps = Gaps(facts, schedule);
            if (gaps.Count < 2)
            {
                continue;
            }

            var beyond = schedule.IsFullPrecision ? [] : gaps.Where(g => full.ContainsKey(g.Key)).Select(g => g.Value - full[g.Key]).ToList();
            yield return new SelectionGap(
                schedule, BootstrapInterval.OfMean([.. gaps.Values], seed), beyond.Count < 2 ? null : BootstrapInterval.OfMean(beyond, seed));
        }
    }

    // By repeat.
    private static SortedDictionary<int, double> Gaps(StudyFacts facts, ReportedSchedule schedule) => new(facts.History.CompletedRepeats(schedule.Schedule)
        .Where(t => facts.Tests.ContainsKey(t.Number))
        .ToDictionary(t => t.Repeat, t => facts.Tests[t.Number].ErrorRate - t.Completed!.ErrorRate));
}
