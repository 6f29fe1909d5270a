using BitSearch.Statistics;
using BitSearch.Trials;

namespace BitSearch.Study;

/// <summary>Something happened in a study: the one stream from which console, log and pages are fed. Closed.</summary>
public abstract record StudyEvent
{
    private StudyEvent()
    {
    }

    /// <summary>The study begins or goes on.</summary>
    /// <param name="Planned">Trials planned in all.</param>
    /// <param name="Resumed">Trials finished before.</param>
    public sealed record Started(int Planned, int Resumed) : StudyEvent;

    /// <summary>A trial begins.</summary>
    /// <param name="Trial">Without outcome.</param>
    public sealed record TrialStarted(Trial Trial) : StudyEvent;

    /// <summary>A training step of a trial ended.</summary>
    /// <param name="Number">The trial.</param>
    /// <param name="Step">Steps done, from 1.</param>
    /// <param name="Steps">Steps in all.</param>
    /// <param name="Loss">The step's training loss, in nats.</param>
    public sealed record StepFinished(int Number, int Step, int Steps, double Loss) : StudyEvent;

    /// <summary>A validation pass of a trial ended.</summary>
    /// <param name="Number">The trial.</param>
    /// <param name="Epoch">Epochs done, from 1.</param>
    /// <param name="ErrorRate">Validation error rate, 0..1.</param>
    public sealed record EpochFinished(int Number, int Epoch, double ErrorRate) : StudyEvent;

    /// <summary>A trial ended.</summary>
    /// <param name="Trial">With outcome.</param>
    public sealed record TrialFinished(Trial Trial) : StudyEvent;

    /// <summary>An arm has nothing left to propose before its number of trials is reached.</summary>
    /// <param name="Arm">The arm.</param>
    /// <param name="Trials">The schedules that it proposed.</param>
    public sealed record ArmExhausted(string Arm, int Trials) : StudyEvent;

    /// <summary>A training was looked at from a rung of the ladder.</summary>
    /// <param name="Number">The trial.</param>
    /// <param name="Rung">The rung.</param>
    /// <param name="Score">Its score there, smaller is better.</param>
    public sealed record RungReached(int Number, string Rung, double Score) : StudyEvent;

    /// <summary>A rung orders schedules too differently from the next one to prune by it.</summary>
    /// <param name="Rung">The rung.</param>
    /// <param name="Measured">The agreement.</param>
    /// <param name="Threshold">What its lower bound should be.</param>
    public sealed record PruningStopped(string Rung, KendallTau Measured, double Threshold) : StudyEvent;

    /// <summary>The study stops before its end.</summary>
    /// <param name="Reason">Why, for people.</param>
    public sealed record Stopped(string Reason) : StudyEvent;

    /// <summary>Nothing is left to do.</summary>
    /// <param name="Trials">All trials.</param>
    public sealed record Finished(int Trials) : StudyEvent;
}
