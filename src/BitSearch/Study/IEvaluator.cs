using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Study;

/// <summary>What an evaluator is asked.</summary>
/// <param name="Number">The trial's number; names its files, decides nothing.</param>
/// <param name="Schedule">The widths.</param>
/// <param name="Repeat">The replicate: with the study's seed it decides every random stream of the training.</param>
public sealed record Evaluation(int Number, Schedule Schedule, int Repeat)
{
    /// <summary>The evaluation whose trained weights it starts from; null: where the recipe says.</summary>
    public Evaluation? WarmStart { get; init; }

    /// <summary>Asked at each rung of the ladder, with its place from 0 and the score there: why not to go on, or null.</summary>
    public Func<int, double, string?> WhyPrune { get; init; } = (_, _) => null;
}

/// <summary>A reading of the test split.</summary>
/// <param name="Correct">Correctly classified images.</param>
/// <param name="Count">All images.</param>
public sealed record TestScore(int Correct, int Count)
{
    /// <summary>Misclassified share, 0..1; NaN when there are no images.</summary>
    public double ErrorRate => 1 - ((double)Correct / Count);
}

/// <summary>Turns a schedule into a score. Blocking: everything inside is synchronous tensor work.</summary>
public interface IEvaluator
{
    /// <summary>Trains and scores on the validation split. What breaks becomes <see cref="TrialOutcome.Failed"/>.</summary>
    /// <param name="evaluation">What to evaluate.</param>
    /// <param name="report">Hears of progress.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="OperationCanceledException">A stop was requested.</exception>
    TrialOutcome Evaluate(Evaluation evaluation, Action<StudyEvent> report, CancellationToken cancellationToken);

    /// <summary>Reads the test split with the network that <see cref="Evaluate"/> trained for the same request.</summary>
    /// <param name="evaluation">A completed evaluation.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <exception cref="OperationCanceledException">A stop was requested.</exception>
    TestScore Test(Evaluation evaluation, CancellationToken cancellationToken);
}
