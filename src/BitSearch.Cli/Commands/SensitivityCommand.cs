using System.CommandLine;
using System.Text;
using System.Text.Json;
using BitSearch.Cli.Reports;
using BitSearch.Cli.Studies;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Torch;
using BitSearch.Torch.Sensitivity;
using Spectre.Console;

namespace BitSearch.Cli.Commands;

/// <summary><c>bitsearch sensitivity PLAN</c>.</summary>
internal static class SensitivityCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var standard = new SensitivitySettings();
        var (plan, json) = (Shared.Plan(), Shared.Json());
        var measures = new Option<string[]>("--measure") { Description = $"What is measured: {string.Join(", ", SensitivityMeasure.Catalog.Names)}. May be given several times; by default all.", HelpName = "NAME" };
        var images = new Option<int>("--images") { Description = "Training images on which outputs, gradients and activations are read.", HelpName = "N", DefaultValueFactory = _ => standard.Images };
        var probes = new Option<int>("--probes") { Description = "Random vectors of the Hessian's trace.", HelpName = "N", DefaultValueFactory = _ => standard.Probes };
        var steps = new Option<int>("--steps") { Description = "Training steps a width for learned step sizes.", HelpName = "N", DefaultValueFactory = _ => standard.Steps };
        var output = new Option<string?>("--output", "-o") { Description = $"The folder for values, pictures and tables for `bitsearch solve`; by default {Shared.DefaultResults}/sensitivity-STUDY.", HelpName = "DIR" };
        var command = new Command("sensitivity", "Measure how sensitive a plan's float network is to the width of each point.") { plan, measures, images, probes, steps, output, json };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetRequiredValue(plan),
            parsed.GetValue(measures) is { Length: > 0 } some ? some : SensitivityMeasure.Catalog.Names,
            standard with { Images = parsed.GetValue(images), Probes = parsed.GetValue(probes), Steps = parsed.GetValue(steps) },
            parsed.GetValue(output),
            parsed.GetValue(json),
            stop));
        return command;
    }

    private static async Task<int> RunAsync(
        string path, IReadOnlyList<string> names, SensitivitySettings settings, string? output, bool json, CancellationToken stop)
    {
        var problems = names.Where(n => !SensitivityMeasure.Catalog.Contains(n)).Select(n => SensitivityMeasure.Catalog.Unknown(n, "--measure")).Concat(settings.Check()).ToArray();
        if (problems.Length > 0)
        {
            throw new PlanException(problems);
        }

        var study = Shared.Design(path);
        CheckWeights(study.Plan.Network);
        TorchRuntime.Initialise();
        var folder = output ?? Path.Combine(Shared.DefaultResults, $"sensitivity-{study.Plan.Name}");

        // Scripts get JSON alone on standard output.
        var display = new ProgressDisplay(json ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }) : AnsiConsole.Console);
        using var materials = await display.TrainingAsync(
            $"float {study.Plan.Network.Name}", report => Task.Run(() => StudyMaterials.Load(study, report, stop, measures: true), stop));
        var measured = await StudyMeasurements.ObtainAsync(study, materials, [.. names.Distinct()], settings, display, stop);
        var network = StudyMeasurements.NetworkOf(study);
        foreach (var file in measured.Select(m => m.File))
        {
            Write(file, network, study.Plan.Name, folder);
        }

        if (json)
        {
            Output.Json(measured.Select(m => SensitivityAnswer.Of(m, network)));
            return 0;
        }

        Print(measured, network, folder);
        return 0;
    }

    /// <exception cref="PlanException">The plan names no full-precision weights.</exception>
    internal static void CheckWeights(NetworkPlan network)
    {
        if (network is { Weights: null, Baseline: null })
        {
            throw new PlanException("network", "sensitivity is measured of full-precision weights, and none are given",
                "give network.weights (a file) or network.baseline (a recipe)");
        }
    }

    private static void Write(MeasurementFile file, NetworkDescription network, string study, string folder)
    {
        var name = file.Measurement.Name;
        file.Write(Path.Combine(folder, $"{name}.json"));
        WriteBeside.Write(Path.Combine(folder, $"{name}.png"), stream => SensitivityPicture.Write(file, network, study, stream));
        if (MeasuredTable.Of(file, network) is { } table)
        {
            WriteBeside.Write(Path.Combine(folder, $"{name}.table.json"), stream => stream.Write(Encoding.UTF8.GetBytes(table.ToJsonString(Indented) + "\n")));
        }
    }

    private static void Print(IReadOnlyList<ObtainedMeasurement> measured, NetworkDescription network, string folder)
    {
        foreach (var obtained in measured)
        {
            var file = obtained.File;
            Console.WriteLine($"\n{file.Measurement.Name}: {file.Meaning}; {(obtained.Found ? "measured before, in" : "measured in")} {Show.Time(file.Time)}");
            Console.Write(SensitivityText.Of(file, network));
        }

        Console.WriteLine($"\nvalues, pictures and tables for `bitsearch solve`: {folder}");
    }
}
