using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Tests;

/// <summary>The process died.</summary>
public sealed class ProcessDiedException : Exception;

/// <summary>Dies at the step number <paramref name="at"/>, from 0; every store call and every evaluation is two steps, before and after.</summary>
public sealed class Doom(int at = int.MaxValue)
{
    private int _steps;

    public void Step()
    {
        if (_steps++ == at)
        {
            throw new ProcessDiedException();
        }
    }
}

/// <summary>A store in a process that may die.</summary>
public sealed class DoomedStore(ITrialStore inner, Doom doom) : ITrialStore
{
    public Task<TrialHistory> OpenAsync(IReadOnlyDictionary<string, string> identity, CancellationToken cancellationToken) =>
        inner.OpenAsync(identity, cancellationToken);

    public Task BeginAsync(Trial trial, CancellationToken cancellationToken) => Risk(() => inner.BeginAsync(trial, cancellationToken));

    public Task EndAsync(Trial trial, CancellationToken cancellationToken) => Risk(() => inner.EndAsync(trial, cancellationToken));

    public Task<TrialHistory> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);

    public Task SaveTestAsync(int trial, TestScore score, CancellationToken cancellationToken) => inner.SaveTestAsync(trial, score, cancellationToken);

    public Task<IReadOnlyDictionary<int, TestScore>> ListTestsAsync(CancellationToken cancellationToken) => inner.ListTestsAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async Task Risk(Func<Task> call)
    {
        doom.Step();
        await call();
        doom.Step();
    }
}

/// <summary>Scores by a formula that depends on schedule and repeat alone, and remembers what it was asked.</summary>
public sealed class FakeEvaluator(Doom? doom = null) : IEvaluator
{
    public List<Evaluation> Asked { get; } = [];

    /// <summary>Schedules whose evaluation fails.</summary>
    public Func<Schedule, bool> Fails { get; init; } = _ => false;

    /// <summary>Called at the beginning of each evaluation.</summary>
    public Action<Evaluation> Meanwhile { get; init; } = _ => { };

    public TrialOutcome Evaluate(Evaluation evaluation, Action<StudyEvent> report, CancellationToken cancellationToken)
    {
        doom?.Step();
        lock (Asked)
        {
            Asked.Add(evaluation);
        }

        Meanwhile(evaluation);
        cancellationToken.ThrowIfCancellationRequested();
        report(new StudyEvent.EpochFinished(evaluation.Number, 1, 0.5));
        var noise = new Seed(1).Stream(evaluation.Schedule.ToString(), evaluation.Repeat).NextDouble();
        doom?.Step();
        return Fails(evaluation.Schedule)
            ? new TrialOutcome.Failed("the loss is NaN")
            : new TrialOutcome.Completed(noise, noise) { Curve = [noise], Duration = TimeSpan.FromSeconds(1) };
    }

    public TestScore Test(Evaluation evaluation, CancellationToken cancellationToken) => throw new NotSupportedException();
}
