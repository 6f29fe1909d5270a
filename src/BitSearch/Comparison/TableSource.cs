using System.Collections.Concurrent;
using BitSearch.Pareto;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Comparison;

/// <summary>A problem of real trainings, each schedule of a space in a table. Seeds differ in what strategies draw alone.</summary>
public sealed class TableSource : IProblemSource
{
    private readonly Func<SchedulePattern, SearchSpace> _space;
    private readonly ScheduleTable _table;
    private readonly Measurements _measured;
    private readonly KnownFront _front;
    private readonly ConcurrentDictionary<SchedulePattern, Lazy<ComparisonProblem>> _problems = new();

    /// <summary>Checks that the table is whole.</summary>
    /// <param name="name">The problem's name.</param>
    /// <param name="space">The space under a pattern.</param>
    /// <param name="table">The outcomes of all its schedules.</param>
    /// <param name="measured">What was measured of the network.</param>
    /// <exception cref="PlanException">A schedule of the free space is not in the table, or none of it was completed.</exception>
    public TableSource(string name, Func<SchedulePattern, SearchSpace> space, ScheduleTable table, Measurements measured)
    {
        (Name, _space, _table, _measured) = (name, space, table, measured);
        var free = space(SchedulePattern.Free);
        if (table.WhyIncomplete(free) is { } problem)
        {
            throw new PlanException([problem]);
        }

        var points = Completed(free).ToList();
        _front = points.Count > 0 ? new KnownFront(points) : throw new PlanException(name, "no schedule of the table was completed", "a table with completed trials");
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ComparisonProblem Draw(SchedulePattern pattern, Seed seed, IReadOnlyCollection<string> needs) =>
        _problems.GetOrAdd(pattern, p => new Lazy<ComparisonProblem>(() => Problem(_space(p)))).Value;

    private ComparisonProblem Problem(SearchSpace space) => new(space, _table)
    {
        Measured = _measured,
        Front = _front,
        Reachable = _front.Share(Completed(space)),
    };

    private IEnumerable<Objectives> Completed(SearchSpace space) => space.Enumerate()
        .Select(s => (Schedule: s, Outcome: _table.Outcome(s) as TrialOutcome.Completed))
        .Where(s => s.Outcome is not null)
        .Select(s => ComparisonProblem.Judge(space, s.Schedule, s.Outcome!.ErrorRate));
}
