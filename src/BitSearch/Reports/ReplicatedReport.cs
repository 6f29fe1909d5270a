using BitSearch.Statistics;
using BitSearch.Trials;

namespace BitSearch.Reports;

/// <summary>A replicated schedule and what its repeats say.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="Fact">What resampling says.</param>
public sealed record ReplicatedSchedule(ReportedSchedule Schedule, ReplicatedFact Fact);

/// <summary>The front of a study whose schedules were trained several times, with intervals.</summary>
/// <param name="Repeats">How many repeats all of them completed.</param>
/// <param name="Schedules">The schedules with all these repeats, by ascending size.</param>
/// <param name="Ribbon">The front as a band; sizes in bits.</param>
/// <param name="Optimism">
/// The error rate of the schedule chosen within the budget by all repeats but one, in that one, less the mean by which it was
/// chosen: what selection flatters itself by. Its mean over the repeats with a 95 % interval; null: fewer than three repeats, or
/// nothing within the budget.
/// </param>
public sealed record ReplicatedReport(int Repeats, EquatableArray<ReplicatedSchedule> Schedules, EquatableArray<RibbonStep> Ribbon, BootstrapInterval? Optimism)
{
    /// <summary>The report; null where there are no repeats.</summary>
    public static ReplicatedReport? Of(StudyFacts facts, IReadOnlyList<ReportedSchedule> schedules)
    {
        var errors = facts.History.Trials.Where(t => t.Completed is not null)
            .GroupBy(t => t.Schedule).ToDictionary(g => g.Key, g => g.DistinctBy(t => t.Repeat).OrderBy(t => t.Repeat).Select(t => (t.Repeat, t.Completed!.ErrorRate)).ToList());
        var most = errors.Count == 0 ? 0 : errors.Values.Max(e => e.Count);
        var all = errors.Values.FirstOrDefault(e => e.Count == most)?.Select(e => e.Repeat).ToList() ?? [];
        var known = schedules.Where(s => errors[s.Schedule].Select(e => e.Repeat).SequenceEqual(all)).OrderBy(s => s.Size).ThenBy(s => s.Trial).ToList();
        if (most < 2)
        {
            return null;
        }

        var points = known.Select(s => new ReplicatedPoint(s.Size.Bits, errors[s.Schedule].Select(e => e.ErrorRate).ToEquatableArray())).ToList();
        var seed = new Seed(facts.Plan.Seed);
        var front = ReplicatedFront.Of(points, seed);
        var within = known.Select((s, i) => (s, points[i])).Where(p => p.s.WithinBudget).Select(p => p.Item2.Errors).ToList();
        return new ReplicatedReport(
            most, [.. known.Zip(front.Points, (s, f) => new ReplicatedSchedule(s, f))], front.Ribbon, most < 3 || within.Count == 0 ? null : OptimismOf(within, most, seed));
    }

    private static BootstrapInterval OptimismOf(List<EquatableArray<double>> errors, int repeats, Seed seed) => BootstrapInterval.OfMean(
        [.. Enumerable.Range(0, repeats).Select(left =>
        {
            double Others(EquatableArray<double> e) => e.Where((_, r) => r != left).Average();
            var chosen = errors.MinBy(Others);
            return chosen[left] - Others(chosen);
        })],
        seed);
}
