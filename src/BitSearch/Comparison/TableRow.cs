using System.Globalization;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Comparison;

/// <summary>A line of a <c>trials.csv</c>, as far as a table needs it.</summary>
/// <param name="Arm">The trial's arm.</param>
/// <param name="Schedule">Its schedule.</param>
/// <param name="Repeat">Its repeat.</param>
/// <param name="Outcome">Completed or failed.</param>
internal sealed record TableRow(string Arm, Schedule Schedule, string Repeat, TrialOutcome Outcome)
{
    /// <summary>The columns that must be there.</summary>
    public static EquatableArray<string> Columns { get; } = ["arm", "repeat", "schedule", "outcome", "validation_error", "loss", "seconds"];

    /// <summary>Reads a line.</summary>
    /// <param name="record">Its cells.</param>
    /// <param name="columns">The header.</param>
    /// <param name="file">What messages call the file.</param>
    /// <param name="problems">Takes the mistakes.</param>
    /// <returns>The row; of no use after a mistake, and null where there is none.</returns>
    public static TableRow? Of(CsvRecord record, IReadOnlyList<string> columns, string file, ICollection<Problem> problems)
    {
        if (record.Cells.Count != columns.Count)
        {
            Wrong($"it has {record.Cells.Count} cells", $"{columns.Count}, one for each column");
            return null;
        }

        var cells = columns.Zip(record.Cells).DistinctBy(c => c.First).ToDictionary(c => c.First, c => c.Second);
        if (!Schedule.TryParse(cells["schedule"], out var schedule))
        {
            Wrong($"the schedule is '{cells["schedule"]}'", "widths joined by '-', such as 8-4-4-2");
            return null;
        }

        TrialOutcome? outcome = cells["outcome"] switch
        {
            "completed" => new TrialOutcome.Completed(Number("validation_error", 1), Number("loss")) { Duration = TimeSpan.FromSeconds(Number("seconds", 1e9)) },
            "failed" => new TrialOutcome.Failed("it failed when it was recorded") { Duration = TimeSpan.FromSeconds(Number("seconds", 1e9)) },
            _ => null,
        };
        if (outcome is null)
        {
            Wrong($"the trial of {schedule} is '{cells["outcome"]}'", "a table whose trials have all ended, none of them pruned");
            return null;
        }

        return new TableRow(cells["arm"], schedule!, cells["repeat"], outcome);

        void Wrong(string wrong, string right) => problems.Add(new Problem($"{file}:{record.Line}", wrong, right));

        double Number(string column, double most = double.MaxValue)
        {
            if (double.TryParse(cells[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0 && number <= most)
            {
                return number;
            }

            Wrong($"{column} is '{cells[column]}'", most == 1 ? "a number from 0 to 1" : "a number from 0 on");
            return 0;
        }
    }
}
