using System.Globalization;
using BitSearch.Cli.Reports;
using BitSearch.Cli.Studies;
using BitSearch.Reports;
using BitSearch.Statistics;
using BitSearch.Study;
using BitSearch.Trials;
using Spectre.Console;

namespace BitSearch.Cli.Commands;

/// <summary>Accuracy on training and test images, of two schedules trained with the same seed.</summary>
/// <param name="Repeat">Which replicate.</param>
/// <param name="FirstTraining">The first's on training images, 0..1.</param>
/// <param name="FirstTest">The first's on test images.</param>
/// <param name="SecondTraining">The second's on training images.</param>
/// <param name="SecondTest">The second's on test images.</param>
internal sealed record TrainingAndTest(int Repeat, double FirstTraining, double FirstTest, double SecondTraining, double SecondTest)
{
    /// <summary>How much farther the first's training accuracy lies above its test accuracy than the second's.</summary>
    public double Difference => FirstTraining - FirstTest - (SecondTraining - SecondTest);
}

/// <summary>What single images say of two schedules.</summary>
/// <param name="First">The first trial named.</param>
/// <param name="Second">The second one.</param>
/// <param name="McNemar">The two trials on the test images.</param>
/// <param name="TrainingImages">How many training images were read, as they are, without augmentation.</param>
/// <param name="Gaps">By repeat.</param>
/// <param name="Gap">The difference of the gaps.</param>
internal sealed record ImageComparison(
    int First, int Second, McNemarTest McNemar, int TrainingImages, IReadOnlyList<TrainingAndTest> Gaps, PairedError Gap)
{
    private const int MostTraining = 5000;

    /// <summary>Loads every network of the pairs and reads the images; trains none but those whose state is lost.</summary>
    public static async Task<ImageComparison> OfAsync(
        StoredStudy study, StudyFacts facts, Trial first, Trial second, PairedSchedules pairs, CancellationToken stop)
    {
        using var taken = study.Folder.Take();
        using var materials = await StudyMaterials.LoadAsync(study.Design, study.Folder, workers: 1, new ProgressDisplay(AnsiConsole.Console), stop);
        using var evaluator = materials.Evaluator(study.Design.Plan, study.Folder);
        var gaps = await Task.Run(() => pairs.Pairs.Select(pair => new TrainingAndTest(
            pair.Repeat, Training(pair.First), Share(Test(pair.First)), Training(pair.Second), Share(Test(pair.Second)))).ToList(), stop);
        return Of(
            first.Number, second.Number, await Task.Run(() => McNemarTest.Of(Test(first), Test(second)), stop),
            Math.Min(MostTraining, materials.Data.Train.Count), gaps, new Seed(facts.Plan.Seed));

        Evaluation From(Trial trial) => StudyRunner.EvaluationOf(facts.History, trial);
        IReadOnlyList<bool> Test(Trial trial) => evaluator.Correct(From(trial), d => d.Test, int.MaxValue, stop);
        double Training(Trial trial) => Share(evaluator.Correct(From(trial), d => d.Train, MostTraining, stop));
        static double Share(IReadOnlyList<bool> right) => right.Count(r => r) / (double)right.Count;
    }

    /// <summary>Adds the difference of the gaps.</summary>
    public static ImageComparison Of(int first, int second, McNemarTest mcNemar, int trainingImages, IReadOnlyList<TrainingAndTest> gaps, Seed seed) =>
        new(first, second, mcNemar, trainingImages, gaps, PairedError.Of([.. gaps.Select(g => g.Difference)], seed));

    /// <summary>It for people, line by line.</summary>
    public IEnumerable<string> Lines()
    {
        var means = (First: 100 * Gaps.Average(g => g.FirstTraining - g.FirstTest), Second: 100 * Gaps.Average(g => g.SecondTraining - g.SecondTest));
        return
        [
            Text($"test images, trials {First} and {Second}: {McNemar.Both:N0} right by both, {McNemar.FirstAlone:N0} by the first alone, {McNemar.SecondAlone:N0} by the second alone, {McNemar.Neither:N0} by neither; McNemar's p = {McNemar.PValue:0.####} (exact), {McNemar.MidP:0.####} (mid-p)"),
            .. Gaps.Select(gap => $"repeat {gap.Repeat}: training {Show.Percent(gap.FirstTraining)} and {Show.Percent(gap.SecondTraining)}, test {Show.Percent(gap.FirstTest)} and {Show.Percent(gap.SecondTest)}"),
            Text($"training less test accuracy ({TrainingImages:N0} training images): {means.First:0.00} and {means.Second:0.00} points; ") + (Gap.Interval is not { } i
                ? "one pair alone says nothing of chance"
                : Text($"difference {100 * i.Estimate:+0.00;-0.00;0.00} points [{100 * i.Low:+0.00;-0.00;0.00}, {100 * i.High:+0.00;-0.00;0.00}], p = {Gap.PValue:0.####} (exact paired permutation test)")),
        ];
    }

    /// <summary>The facts for JSON.</summary>
    public object Facts() => new { McNemar, TrainingImages, Gaps, GapDifference = Gap };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
