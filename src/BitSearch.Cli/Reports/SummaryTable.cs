using BitSearch.Reports;
using Spectre.Console;

namespace BitSearch.Cli.Reports;

/// <summary>The study's answer on the console: the sentences of the page, then the finalists.</summary>
internal static class SummaryTable
{
    /// <summary>Prints it.</summary>
    /// <param name="report">The report.</param>
    /// <param name="console">Where to; the process's own console by default.</param>
    public static void Print(StudyReport report, IAnsiConsole? console = null)
    {
        console ??= AnsiConsole.Console;
        foreach (var sentence in Answer.Sentences(report))
        {
            console.MarkupLine(Markup.Escape(sentence));
        }

        if (report.Finalists.Count > 0)
        {
            console.WriteLine();
            console.Write(Finalists(report));
        }
    }

    private static Table Finalists(StudyReport report)
    {
        var table = new Table().Border(TableBorder.Rounded).Expand();
        table.AddColumn(new TableColumn("trial").RightAligned().NoWrap());
        table.AddColumn("why");
        table.AddColumn(new TableColumn("size").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("validation").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("test").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("95 % interval").NoWrap());
        foreach (var finalist in report.Finalists)
        {
            var schedule = finalist.Schedule;
            table.AddRow(
                Markup.Escape($"{schedule.Trial}"),
                Markup.Escape(string.Join("; ", finalist.Reasons)),
                Show.KiB(schedule.Size),
                Show.Accuracy(schedule.ErrorRate),
                Show.Test(schedule.Test),
                schedule.TestInterval is { } interval ? Show.Accuracy(interval) : "not read");
        }

        return table;
    }
}
