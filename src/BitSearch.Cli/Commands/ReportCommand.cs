using System.CommandLine;
using BitSearch.Cli.Reports;
using BitSearch.Cli.Studies;
using BitSearch.Reports;

namespace BitSearch.Cli.Commands;

/// <summary><c>bitsearch report STUDY</c>.</summary>
internal static class ReportCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var (study, results) = (Shared.Study(), Shared.Results());
        var json = new Option<bool>("--json") { Description = "Print report.json instead of a table." };
        var command = new Command("report", "Write a study's reports anew from its store, finished or not.") { study, results, json };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetRequiredValue(study), parsed.GetRequiredValue(results), parsed.GetValue(json), stop));
        return command;
    }

    private static async Task<int> RunAsync(string named, string results, bool json, CancellationToken stop)
    {
        var study = await StoredStudy.FindAsync(named, results, stop);
        var report = StudyReport.Of(await study.FactsAsync(stop));
        var written = ReportFiles.WriteAll(report, study.Folder.Path);
        if (json)
        {
            using var output = Console.OpenStandardOutput();
            ReportFiles.Formats.Create("report-json", "report").Write(report, output);
            return 0;
        }

        SummaryTable.Print(report);
        foreach (var file in written)
        {
            Console.WriteLine(file);
        }

        return 0;
    }
}
