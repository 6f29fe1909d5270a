using System.Collections.Immutable;
using BitSearch.Space;

namespace BitSearch.Trials;

/// <summary>A schedule's completed repeats, summarised.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="First">Its first completed trial.</param>
/// <param name="Repeats">How many repeats completed, at least 1.</param>
/// <param name="MeanErrorRate">Mean validation error rate, 0..1.</param>
/// <param name="ErrorRateSpread">Sample standard deviation of the error rate over repeats; 0 for one repeat.</param>
public sealed record ScheduleScore(Schedule Schedule, Trial First, int Repeats, double MeanErrorRate, double ErrorRateSpread);

/// <summary>All trials of a study so far, in number order, running ones included. Immutable.</summary>
public sealed class TrialHistory
{
    private readonly ImmutableSortedDictionary<int, Trial> _trials;
    private readonly Lazy<IReadOnlyList<ScheduleScore>> _scores;
    private readonly Lazy<HashSet<Schedule>> _schedules;

    private TrialHistory(ImmutableSortedDictionary<int, Trial> trials)
    {
        _trials = trials;
        _scores = new(() => [.. Trials.Where(t => t.Completed is not null).GroupBy(t => t.Schedule).Select(Score)]);
        _schedules = new(() => [.. Trials.Select(t => t.Schedule)]);
    }

    /// <summary>No trials.</summary>
    public static TrialHistory Empty { get; } = new(ImmutableSortedDictionary<int, Trial>.Empty);

    /// <summary>The trials in number order.</summary>
    public IEnumerable<Trial> Trials => _trials.Values;

    /// <summary>The number of trials.</summary>
    public int Count => _trials.Count;

    /// <summary>The number that the next trial gets.</summary>
    public int NextNumber => _trials.IsEmpty ? 0 : _trials.Keys.Last() + 1;

    /// <summary>Each schedule once, with mean and spread over its completed repeats, in order of first appearance.</summary>
    public IReadOnlyList<ScheduleScore> Scores => _scores.Value;

    /// <summary>The distinct schedules of all trials, finished or running, in no particular order.</summary>
    public IReadOnlyCollection<Schedule> Schedules => _schedules.Value;

    /// <summary>Gathers trials.</summary>
    /// <exception cref="ArgumentException">Two trials have the same number.</exception>
    public static TrialHistory Of(IEnumerable<Trial> trials) =>
        new(ImmutableSortedDictionary<int, Trial>.Empty.AddRange(trials.Select(t => KeyValuePair.Create(t.Number, t))));

    /// <summary>This history with <paramref name="trial"/> added, or put in the place of the trial with its number.</summary>
    public TrialHistory With(Trial trial) => new(_trials.SetItem(trial.Number, trial));

    /// <summary>The trials of one arm alone.</summary>
    public TrialHistory OfArm(string arm) => Of(Trials.Where(t => t.Arm == arm));

    /// <summary>
    /// What trial <paramref name="number"/> may know: the trials before it, those of the last <paramref name="lookahead"/> as if
    /// they still ran. So what it decides does not depend on how many of them really do.
    /// </summary>
    public TrialHistory AsSeenBy(int number, int lookahead) => Of(Trials.TakeWhile(t => t.Number < number)
        .Select(t => t.Number < number - lookahead ? t : t with { Outcome = null }));

    /// <summary>Whether any trial, finished or running, has this schedule.</summary>
    public bool Contains(Schedule schedule) => _schedules.Value.Contains(schedule);

    /// <summary>A schedule's completed trials, of each repeat the first, in number order.</summary>
    public IEnumerable<Trial> CompletedRepeats(Schedule schedule) =>
        Trials.Where(t => t.Schedule == schedule && t.Completed is not null).DistinctBy(t => t.Repeat);

    /// <summary>The trial with this number, or null.</summary>
    public Trial? Find(int number) => _trials.GetValueOrDefault(number);

    private static ScheduleScore Score(IGrouping<Schedule, Trial> repeats)
    {
        var evaluated = repeats.DistinctBy(t => t.Repeat).ToList();
        var errors = evaluated.Select(t => t.Completed!.ErrorRate).ToList();
        var mean = errors.Average();
        var spread = errors.Count < 2 ? 0 : Math.Sqrt(errors.Sum(e => (e - mean) * (e - mean)) / (errors.Count - 1));
        return new ScheduleScore(repeats.Key, evaluated[0], errors.Count, mean, spread);
    }
}
