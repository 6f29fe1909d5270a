using System.CommandLine;
using System.Diagnostics;
using BitSearch.Cli.Studies;
using BitSearch.Torch;
using BitSearch.Torch.Training;
using BitSearch.Trials;
using Spectre.Console;

namespace BitSearch.Cli.Commands;

/// <summary><c>bitsearch train PLAN</c>.</summary>
internal static class TrainCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var (plan, json) = (Shared.Plan(), Shared.Json());
        var output = new Option<string?>("--output", "-o") { Description = "Copy the weights there too.", HelpName = "FILE" };
        var command = new Command("train", "Train the float baseline of a plan by its recipe network.baseline; cached by everything that decides it.") { plan, output, json };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetRequiredValue(plan), parsed.GetValue(output), parsed.GetValue(json), stop));
        return command;
    }

    private static async Task<int> RunAsync(string path, string? output, bool json, CancellationToken stop)
    {
        var start = Stopwatch.GetTimestamp();
        var design = Shared.Design(path);
        var plan = design.Plan;
        TorchRuntime.Initialise();
        using var data = await Task.Run(() => StudyMaterials.Images(design, stop), stop);
        var baseline = await new ProgressDisplay(AnsiConsole.Console).TrainingAsync($"float {plan.Network.Name}", report => Task.Run(
            () => FloatBaseline.Obtain(
                plan.Network, design.Quantizers.Nonlinearity, data, new Seed(plan.Seed), StudyMaterials.Cache, report, stop),
            stop));
        if (output is not null)
        {
            WriteBeside.Write(output, stream => stream.Write(File.ReadAllBytes(baseline.Path)));
        }

        var accuracy = baseline.Validation is { } score ? 100 * (1 - score.ErrorRate) : (double?)null;
        if (json)
        {
            Output.Json(new { baseline.Path, baseline.Cached, ValidationAccuracy = accuracy, Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds });
            return 0;
        }

        Console.WriteLine(FormattableString.Invariant($"{(output ?? baseline.Path)}: validation accuracy {accuracy:F2} %{(baseline.Cached ? " (trained before)" : "")}, {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s"));
        return 0;
    }
}
