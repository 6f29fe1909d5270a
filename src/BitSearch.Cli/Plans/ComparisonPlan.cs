using BitSearch.Space;

namespace BitSearch.Cli.Plans;

/// <summary>A comparison of search strategies, as it is written.</summary>
/// <param name="Name">Its name, for titles.</param>
internal sealed record ComparisonPlan(string Name)
{
    /// <summary>The root of all randomness.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>What each strategy may try.</summary>
    public int Trials { get; init; } = 60;

    /// <summary>How often all is done.</summary>
    public int Seeds { get; init; } = 10;

    /// <summary>The standard deviation of what is observed of a synthetic problem's error rate.</summary>
    public double Noise { get; init; }

    /// <summary>What the spaces are limited to, one after another.</summary>
    public EquatableArray<SchedulePattern> Patterns { get; init; } = [SchedulePattern.Free];

    /// <summary>The strategies; empty: all. Random is always among them.</summary>
    public EquatableArray<string> Strategies { get; init; }

    /// <summary>The problems.</summary>
    public EquatableArray<ProblemPlan> Problems { get; init; }
}

/// <summary>A problem, as it is written: a kind of synthetic landscape, or a table of real trainings.</summary>
/// <param name="Kind">The landscapes' name; empty for a table.</param>
internal sealed record ProblemPlan(string Kind)
{
    /// <summary>The table: a study's <c>trials.csv</c>; null: synthetic.</summary>
    public string? Table { get; init; }

    /// <summary>The plan by which the table was recorded.</summary>
    public string Plan { get; init; } = "";

    /// <summary>What was measured of the network, a file each.</summary>
    public EquatableArray<string> Measurements { get; init; }
}
