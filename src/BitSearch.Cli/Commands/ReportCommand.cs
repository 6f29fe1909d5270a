using System.CommandLine;
using BitSearch.Cli.Reports;
using BitSearch.Cli.Studies;
using BitSearch.Reports;

namespace BitSearch.Cli.Commands;

/// <summary><c>bitsearch report PLAN</c>.</summary>
internal static class ReportCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var (plan, results) = (Shared.Plan(), Shared.Results());
        var json = new Option<bool>("--json") { Description = "Print report.json instead of a table." };
        var command = new Command("report", "Write a study's reports anew from its store, finished or not.") { plan, results, json };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetRequiredValue(plan), parsed.GetRequiredValue(results), parsed.GetValue(json), stop));
        return command;
    }

    private static async Task<int> RunAsync(string path, string results, bool json, CancellationToken stop)
    {
        var design = Shared.Design(path);
        var folder = Shared.Folder(design, results);
        var facts = await StoredReport.FactsAsync(design, folder, stop);
        using var data = StudyMaterials.Images(design, stop);
        var weights = design.Plan.Network.Weights;
        var provenance = new StudyMaterials(data, weights, null).Provenance(design, $"bitsearch report {path}");
        var report = StudyReport.Of(facts with { ValidationImages = data.Validation.Count, Provenance = provenance });
        var written = ReportFiles.WriteAll(report, folder.Path);
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
