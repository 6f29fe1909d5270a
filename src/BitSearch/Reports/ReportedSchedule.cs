using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Reports;

/// <summary>A schedule with at least one completed trial, and what is known of it.</summary>
/// <param name="Score">Mean and spread of the validation error over its repeats, and its first trial.</param>
/// <param name="Size">What the study's budget measures: the packed file, or codes and scales of the weights.</param>
/// <param name="Text">The short form for people; see <see cref="ScheduleText"/>.</param>
public sealed record ReportedSchedule(ScheduleScore Score, MemorySize Size, string Text)
{
    /// <summary>The arms that asked for it, in the order in which they did.</summary>
    public EquatableArray<string> Arms { get; init; }

    /// <summary><c>2 bit</c> or <c>float</c> if one width holds wherever the pattern is followed, else null.</summary>
    public string? Homogeneous { get; init; }

    /// <summary>Mean weight bits an element, over the weight points.</summary>
    public double MeanBits { get; init; }

    /// <summary>95 % interval of the validation error rate, from the number of images alone; null: the number is unknown.</summary>
    public WilsonInterval? ValidationInterval { get; init; }

    /// <summary>The test reading of the first trial; null: not read.</summary>
    public TestScore? Test { get; init; }

    /// <summary>Whether no other schedule is at least as small and as accurate, and better in one.</summary>
    public bool OnFront { get; init; }

    /// <summary>Whether it keeps the study's budget.</summary>
    public bool WithinBudget { get; init; }

    /// <summary>The widths.</summary>
    public Schedule Schedule => Score.Schedule;

    /// <summary>The number of its first completed trial, by which it is shown and exported.</summary>
    public int Trial => Score.First.Number;

    /// <summary>Mean validation error rate, 0..1.</summary>
    public double ErrorRate => Score.MeanErrorRate;

    /// <summary>The bytes of the packed file.</summary>
    public MemorySize Artifact => Score.First.Artifact;

    /// <summary>The bytes of codes and scales of the weights.</summary>
    public MemorySize Weights => Score.First.Weights;

    /// <summary>Whether nothing at all is quantized.</summary>
    public bool IsFullPrecision => Schedule.Widths.All(w => w.IsFull);

    /// <summary>Test error rate, 0..1; null: not read.</summary>
    public double? TestErrorRate => Test is { Count: > 0 } ? Test.ErrorRate : null;

    /// <summary>95 % interval of the test error rate.</summary>
    public WilsonInterval? TestInterval => Test is { Count: > 0 } ? WilsonInterval.Of(Test.Count - Test.Correct, Test.Count) : null;
}
