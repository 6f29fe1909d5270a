using BitSearch.Trials;

namespace BitSearch.Reports;

/// <summary>The words for outcomes in all formats.</summary>
public static class TrialWords
{
    /// <summary><c>completed</c>, <c>pruned</c>, <c>failed</c>, or <c>running</c> for none yet.</summary>
    public static string Outcome(TrialOutcome? outcome) => outcome switch
    {
        null => "running",
        TrialOutcome.Completed => "completed",
        TrialOutcome.Pruned => "pruned",
        _ => "failed",
    };

    /// <summary>Why it was pruned or failed; null otherwise.</summary>
    public static string? Reason(TrialOutcome? outcome) => outcome switch
    {
        TrialOutcome.Pruned pruned => pruned.Reason,
        TrialOutcome.Failed failed => failed.Reason,
        _ => null,
    };
}
