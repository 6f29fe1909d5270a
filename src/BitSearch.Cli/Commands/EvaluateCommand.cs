using System.CommandLine;
using System.Diagnostics;
using BitSearch.Reports;
using BitSearch.Torch;
using BitSearch.Torch.Training;

namespace BitSearch.Cli.Commands;

/// <summary><c>bitsearch evaluate [FILE]</c>.</summary>
internal static class EvaluateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var file = new Argument<string?>("file") { Description = "A packed file, or a schedule file (JSON). None: full precision, see --network.", Arity = ArgumentArity.ZeroOrOne };
        var network = new Option<string?>("--network") { Description = "The network to evaluate at full precision.", HelpName = "NAME" };
        var width = new Option<double?>("--width") { Description = "The factor on that network's channels; 1 by default.", HelpName = "FACTOR" };
        var weights = new Option<string?>("--weights") { Description = "Float or trained weights (safetensors). A packed file brings its own, a schedule file names its own.", HelpName = "FILE" };
        var data = new Option<string?>("--data") { Description = "The data set; with a file, by default the one that has such images and classes.", HelpName = "NAME" };
        var folder = new Option<string?>("--data-folder") { Description = "Where its files lie; by default the usual places.", HelpName = "DIR" };
        var split = new Option<string>("--split") { Description = "Which images: test (all official test images), or the halves validation-half and test-half that studies of weights which saw the training set use.", DefaultValueFactory = _ => "test" };
        split.AcceptOnlyFromAmong("test", "validation-half", "test-half");
        var json = Shared.Json();
        var command = new Command("evaluate", "Score a packed file, a schedule file or a float network on images.") { file, network, width, weights, data, folder, split, json };
        command.SetAction((parsed, stop) => RunAsync(
            new EvaluationRequest(
                parsed.GetValue(file), parsed.GetValue(network), parsed.GetValue(width), parsed.GetValue(weights),
                parsed.GetValue(data), parsed.GetValue(folder), parsed.GetRequiredValue(split)),
            parsed.GetValue(json),
            stop));
        return command;
    }

    // On another thread, so that this one hears Ctrl-C.
    private static Task<int> RunAsync(EvaluationRequest request, bool json, CancellationToken stop) => Task.Run(() => Run(request, json, stop), stop);

    private static int Run(EvaluationRequest request, bool json, CancellationToken stop)
    {
        var start = Stopwatch.GetTimestamp();
        TorchRuntime.Initialise();
        var set = request.Dataset();
        using var data = request.Load(set, stop);
        var (network, what) = request.Network(data, stop);
        using var owned = network;
        var images = request.Split == "validation-half" ? data.Validation : data.Test;
        var score = Scorer.Of(network, images, data.Statistics, stop);
        var interval = WilsonInterval.Of(score.Correct, score.Count);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (json)
        {
            Output.Json(new { What = what, Data = set.Name, request.Split, score.Correct, score.Count, score.Accuracy, interval.Low, interval.High, score.Loss, Seconds = seconds });
            return 0;
        }

        Console.WriteLine(FormattableString.Invariant($"{what} on {set.Name} ({request.Split}): {100 * score.Accuracy:F2} % ({score.Correct:N0} of {score.Count:N0}; 95 % interval {100 * interval.Low:F2} to {100 * interval.High:F2} %), loss {score.Loss:F4}, {seconds:F1} s"));
        return 0;
    }
}
