using System.CommandLine;
using System.Text;
using BitSearch.Cli.Reports;
using BitSearch.Cli.Studies;
using BitSearch.Torch;
using BitSearch.Torch.Sensitivity;
using BitSearch.Trials;
using Spectre.Console;

namespace BitSearch.Cli.Commands;

/// <summary><c>bitsearch separability PLAN</c>.</summary>
internal static class SeparabilityCommand
{
    private static IEnumerable<string> Comparable => SensitivityMeasure.Catalog.Names.Where(n => n != "separability");

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var (plan, json) = (Shared.Plan(), Shared.Json());
        var images = new Option<int>("--images") { Description = "Validation images, more than there are classes.", HelpName = "N", DefaultValueFactory = _ => 2000 };
        var against = new Option<string>("--against") { Description = $"The sensitivity to compare with: {string.Join(", ", Comparable)}.", HelpName = "NAME", DefaultValueFactory = _ => "output-kl" };
        var output = new Option<string?>("--output", "-o") { Description = $"The folder for table and picture; by default {Shared.DefaultResults}/separability-STUDY.", HelpName = "DIR" };
        var command = new Command("separability", "Measure how well each layer's features separate the classes, on validation images, and what widths this suggests.") { plan, images, against, output, json };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetRequiredValue(plan), parsed.GetValue(images), parsed.GetRequiredValue(against), parsed.GetValue(output), parsed.GetValue(json), stop));
        return command;
    }

    private static async Task<int> RunAsync(string path, int images, string against, string? output, bool json, CancellationToken stop)
    {
        var study = Shared.Design(path);
        var problems = Check(images, study.Network.Classes, against).ToArray();
        if (problems.Length > 0)
        {
            throw new PlanException(problems);
        }

        SensitivityCommand.CheckWeights(study.Plan.Network);
        TorchRuntime.Initialise();
        var display = new ProgressDisplay(json ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }) : AnsiConsole.Console);
        using var materials = await display.TrainingAsync(
            $"float {study.Plan.Network.Name}", report => Task.Run(() => StudyMaterials.Load(study, report, stop, measures: true), stop));
        var settings = new SensitivitySettings();
        var sensitivity = await StudyMeasurements.ObtainAsync(study, materials, [against], settings, display, stop);
        using var subject = new SensitivitySubject(study.Plan, StudyMeasurements.NetworkOf(study), materials.Data, materials.Weights!, settings);
        var separation = await display.MeasuringAsync("measuring separability", report => Task.Run(() => LayerSeparation.Of(subject, images, report, stop), stop));
        var answer = SeparabilityAnswer.Of(
            study.Plan.Name, Math.Min(images, materials.Data.Validation.Count), separation, sensitivity[0].File.Measurement, study.Arms.Select(a => (a.Name, a.Space)), new Seed(study.Plan.Seed));
        var folder = output ?? Path.Combine(Shared.DefaultResults, $"separability-{study.Plan.Name}");
        WriteBeside.Write(Path.Combine(folder, "separability.csv"), stream => stream.Write(Encoding.UTF8.GetBytes(answer.Csv())));
        WriteBeside.Write(Path.Combine(folder, "plan.yaml"), stream => stream.Write(Encoding.UTF8.GetBytes(study.Text)));
        WriteBeside.Write(Path.Combine(folder, "separability.png"), stream => SeparabilityPicture.Write(answer, stream));
        WriteBeside.Write(Path.Combine(folder, "separability.txt"), stream => stream.Write(Encoding.UTF8.GetBytes(answer.Text())));
        if (json)
        {
            Output.Json(answer);
            return 0;
        }

        Console.WriteLine($"\n{answer.Study}: {Show.Count(answer.Images, "validation image")}; D = Tr(S_w pinv(S_b)) is ours, the seed paper's formula was not available");
        Console.Write(answer.Text());
        Console.WriteLine($"table and picture: {folder}");
        return 0;
    }

    // So many images that one class has two of them: without, nothing varies within classes and D is 0.
    private static IEnumerable<Problem> Check(int images, int classes, string against)
    {
        if (images <= classes)
        {
            yield return new Problem("--images", $"{images} of {classes} classes do not show how images of one class differ", $"{classes + 1} or more");
        }

        if (against == "separability")
        {
            yield return new Problem("--against", "separability is itself what is compared", $"one of {string.Join(", ", Comparable)}");
        }
        else if (!SensitivityMeasure.Catalog.Contains(against))
        {
            yield return SensitivityMeasure.Catalog.Unknown(against, "--against");
        }
    }
}
