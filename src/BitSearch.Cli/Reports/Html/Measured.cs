using System.Globalization;
using System.Xml.Linq;
using BitSearch.Reports;
using BitSearch.Study;
using static BitSearch.Cli.Reports.Html.Html;

namespace BitSearch.Cli.Reports.Html;

/// <summary>How the study was computed, so that somebody else can do it again.</summary>
internal static class Measured
{
    /// <summary>The list; what is unknown is left out.</summary>
    public static XElement List(StudyReport report) => Tag(
        "dl", Facts(report).Where(f => !string.IsNullOrEmpty(f.Fact)).Select(f => new[] { Tag("dt", f.Name), Tag("dd", f.Fact) }));

    private static IEnumerable<(string Name, string? Fact)> Facts(StudyReport report)
    {
        var (plan, from) = (report.Plan, report.Facts.Provenance);
        var full = report.Trials.Where(t => t.CopyOf is null).Aggregate(TimeSpan.Zero, (sum, t) => sum + (t.Outcome?.Duration ?? TimeSpan.Zero));
        yield return ("command", from.Command);
        yield return ("seed", plan.Seed.ToString(CultureInfo.InvariantCulture));
        yield return ("splits", from.Splits);
        yield return ("training", Training(plan.Training));
        yield return ("quantizers", $"weights {plan.Quantizer.Weights}{(plan.Quantizer.PerChannel ? " (one scale an output channel)" : "")}, activations {plan.Quantizer.Activations}");
        yield return ("repeats", Show.Count(plan.Repeats));
        yield return ("budget is about", Show.Measure(plan.Budget.Of));
        yield return ("training time", $"{Show.Time(full)} over all trials{(from.Workers is { } w ? $", {Show.Count(w)} at a time" : "")}");
        yield return ("shared training", from.SharedSeconds is { } shared ? $"{Show.Time(TimeSpan.FromSeconds(shared))}, once for all trials" : null);
        yield return ("begun, ended", from is { Started: { } a, Finished: { } b } ? $"{a.UtcDateTime:yyyy-MM-dd HH:mm} to {b.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : null);
        yield return ("BitSearch", Joined(from.Version, from.Commit is { } commit ? $"commit {commit}" : null));
        yield return ("versions", Joined(
            from.DotNet is { } net ? $".NET {net}" : null, from.TorchSharp is { } torch ? $"TorchSharp {torch}" : null, from.LibTorch is { } lib ? $"libtorch {lib}" : null));
        yield return ("machine", Joined(from.Processor, from.Cores is { } cores ? Show.Count(cores, "core") : null, from.OperatingSystem));
        yield return ("plan", from.PlanFingerprint);
        yield return ("data", from.DataFingerprint);
        yield return ("weights", from.WeightsFingerprint);
    }

    private static string Training(Recipe recipe)
    {
        var length = recipe.Steps is { } steps ? Show.Count(steps, "step") : Show.Count(recipe.Epochs, "epoch");
        var start = recipe.From switch
        {
            StartFrom.FloatWeights => "fine-tuned from float weights",
            StartFrom.Shared => "fine-tuned from shared weights",
            StartFrom.Nearest => "fine-tuned from the nearest finished schedule",
            _ => "trained from scratch",
        };
        var subset = recipe.Subset is { } images ? $" of {Show.Count(images)} images" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{start}, {length}{subset}, batch {recipe.Batch}, {recipe.Optimizer.ToString().ToLowerInvariant()}, learning rate {recipe.LearningRate} ({recipe.Schedule.ToString().ToLowerInvariant()}), weight decay {recipe.WeightDecay}");
    }

    private static string Joined(params string?[] parts) => string.Join(", ", parts.Where(p => !string.IsNullOrEmpty(p)));
}
