using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Comparison;

/// <summary>
/// The outcomes of a study's trials by schedule, from its <c>trials.csv</c>: real trainings, looked up. The study's baselines
/// are no proposals and are left out; repeats of a schedule are averaged.
/// </summary>
public sealed class ScheduleTable : ILandscape
{
    private readonly Dictionary<Schedule, TrialOutcome> _outcomes;
    private readonly string _name;

    private ScheduleTable(string name, Dictionary<Schedule, TrialOutcome> outcomes) => (_name, _outcomes) = (name, outcomes);

    /// <summary>The number of schedules.</summary>
    public int Count => _outcomes.Count;

    /// <summary>Reads a table.</summary>
    /// <param name="text">CSV with a header, as a study's report writes it; of the columns, further ones are ignored.</param>
    /// <param name="name">What messages call the file.</param>
    /// <exception cref="PlanException">With every mistake, each with its line.</exception>
    public static ScheduleTable Read(string text, string name)
    {
        List<CsvRecord> records;
        try
        {
            records = [.. CsvRecords.Read(text)];
        }
        catch (FormatException e)
        {
            throw new PlanException(name, e.Message, "a trials.csv, as a study's report writes it");
        }

        var columns = records.Count == 0 ? [] : records[0].Cells;
        var missing = TableRow.Columns.Except(columns).ToList();
        if (missing.Count > 0)
        {
            throw new PlanException($"{name}:1", $"columns are missing: {string.Join(", ", missing)}", "a trials.csv, as a study's report writes it");
        }

        var problems = new List<Problem>();
        var rows = records.Skip(1).Select(r => TableRow.Of(r, columns, name, problems)).OfType<TableRow>().Where(r => r.Arm != Trial.BaselineArm).ToList();
        return problems.Count > 0
            ? throw new PlanException(problems)
            : new ScheduleTable(name, rows.GroupBy(r => r.Schedule).ToDictionary(g => g.Key, g => Average([.. g.DistinctBy(r => r.Repeat).Select(r => r.Outcome)])));
    }

    /// <summary>Whether the schedule is in the table.</summary>
    public bool Contains(Schedule schedule) => _outcomes.ContainsKey(schedule);

    /// <inheritdoc/>
    public TrialOutcome Outcome(Schedule schedule) => _outcomes.TryGetValue(schedule, out var outcome) ? outcome : throw new PlanException([Lacks(schedule)]);

    /// <summary>The first schedule of a space that is missing, as a mistake; null if all are there.</summary>
    public Problem? WhyIncomplete(SearchSpace space) => space.Enumerate().FirstOrDefault(s => !Contains(s)) is { } missing ? Lacks(missing) : null;

    private Problem Lacks(Schedule schedule) => new(
        _name, $"the schedule {schedule} is not in the table", "record every schedule of the space, or name the plan by which the table was recorded");

    private static TrialOutcome Average(IReadOnlyList<TrialOutcome> repeats)
    {
        var completed = repeats.OfType<TrialOutcome.Completed>().ToList();
        return completed.Count == 0 ? repeats[0] : new TrialOutcome.Completed(completed.Average(c => c.ErrorRate), completed.Average(c => c.Loss))
        {
            Duration = TimeSpan.FromSeconds(completed.Average(c => c.Duration.TotalSeconds)),
        };
    }
}
