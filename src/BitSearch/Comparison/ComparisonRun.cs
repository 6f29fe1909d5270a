using BitSearch.Space;

namespace BitSearch.Comparison;

/// <summary>One trial of a strategy.</summary>
/// <param name="Schedule">What was tried.</param>
/// <param name="Bytes">Its size, in what the budget is about.</param>
/// <param name="Observed">The error rate that the strategy saw, 0..1; null: the trial failed.</param>
/// <param name="ErrorRate">The true one; null with it.</param>
/// <param name="WasRepaired">Whether the strategy had proposed something else.</param>
public sealed record ComparedTrial(Schedule Schedule, long Bytes, double? Observed, double? ErrorRate, bool WasRepaired)
{
    /// <summary>The share of the known front's hypervolume that all trials so far have, by their true errors; 0..1.</summary>
    public double Share { get; init; }

    /// <summary>How long the strategy thought, in seconds. Left out of every comparison of results.</summary>
    public double ProposerSeconds { get; init; }

    /// <summary>How long the recorded training took, in seconds; 0 for a synthetic problem.</summary>
    public double TrainingSeconds { get; init; }
}

/// <summary>One strategy on one problem with one seed.</summary>
/// <param name="Case">The problem and pattern.</param>
/// <param name="Strategy">The strategy's name.</param>
/// <param name="Seed">The number of the seed, from 0.</param>
/// <param name="Trials">In order; fewer than asked for if the strategy had nothing left to propose.</param>
public sealed record ComparisonRun(ComparisonCase Case, string Strategy, int Seed, EquatableArray<ComparedTrial> Trials)
{
    /// <summary>The known front's hypervolume, as a share of its rectangle.</summary>
    public required double KnownHypervolume { get; init; }

    /// <summary>Where it ended.</summary>
    public RunResult Result => new(Case, Strategy, Seed, Trials.Count, KnownHypervolume, Trials.Count == 0 ? 0 : Trials[^1].Share)
    {
        TrialsToNear = TrialsTo(StrategySummary.Near),
        Repaired = Trials.Count(t => t.WasRepaired),
        TrainingSeconds = Trials.Sum(t => t.TrainingSeconds),
        ProposerSeconds = Trials.Sum(t => t.ProposerSeconds),
    };

    /// <summary>After how many trials the share was at least this; null: never.</summary>
    public int? TrialsTo(double share)
    {
        for (var i = 0; i < Trials.Count; i++)
        {
            if (Trials[i].Share >= share)
            {
                return i + 1;
            }
        }

        return null;
    }
}

/// <summary>Where a run ended: what summaries are made of, and a line of <see cref="ComparisonCsv"/>.</summary>
/// <param name="Case">The problem and pattern.</param>
/// <param name="Strategy">The strategy's name.</param>
/// <param name="Seed">The number of the seed, from 0.</param>
/// <param name="Trials">How many were tried.</param>
/// <param name="KnownHypervolume">The known front's hypervolume, as a share of its rectangle.</param>
/// <param name="Share">The share of the known front's hypervolume after all trials, 0..1.</param>
public sealed record RunResult(ComparisonCase Case, string Strategy, int Seed, int Trials, double KnownHypervolume, double Share)
{
    /// <summary>After how many trials the share was <see cref="StrategySummary.Near"/>; null: never.</summary>
    public required int? TrialsToNear { get; init; }

    /// <summary>How many proposals had to be repaired.</summary>
    public required int Repaired { get; init; }

    /// <summary>How long the recorded trainings took, in seconds.</summary>
    public required double TrainingSeconds { get; init; }

    /// <summary>How long the strategy thought, in seconds. Left out of every comparison of results.</summary>
    public required double ProposerSeconds { get; init; }

    /// <summary>What is missing of the known front.</summary>
    public double Regret => 1 - Share;

    /// <summary>The hypervolume after all trials, as a share of the rectangle.</summary>
    public double Hypervolume => Share * KnownHypervolume;
}

/// <summary>A problem's name with the pattern that its space is limited to.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Pattern">The pattern.</param>
public sealed record ComparisonCase(string Problem, SchedulePattern Pattern)
{
    /// <summary>For people.</summary>
    public override string ToString() => Pattern == SchedulePattern.Free ? Problem : $"{Problem}, {Pattern.Name()}";
}
