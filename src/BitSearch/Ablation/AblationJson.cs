using BitSearch.Space;

namespace BitSearch.Ablation;

/// <summary>An ablation as JSON: comparisons and savings with all their numbers. Single trials are in the CSV.</summary>
public static class AblationJson
{
    /// <summary>The text, ending in a line break.</summary>
    public static string Text(string name, AblationResult result) => JsonText.Of(new
    {
        Ablation = name,
        result.Budgets,
        Patterns = result.Patterns.Select(p => p.Name()),
        Comparisons = result.Comparisons.Select(c => new
        {
            c.Budget,
            Role = c.Role.Name(),
            Other = c.Other.Name(),
            c.Differences,
            Mean = c.Interval.Estimate,
            c.Interval.Low,
            c.Interval.High,
            c.PValue,
            c.Adjusted,
            EffectSize = double.IsNaN(c.EffectSize) ? (double?)null : c.EffectSize,
            c.Detectable,
            Verdict = c.ToString(),
        }),
        Savings = result.Savings.Select(s => new
        {
            s.Budget,
            Homogeneous = s.Homogeneous.Bytes,
            Pattern = s.Pattern.Name(),
            s.Size?.Bytes,
            Saved = s.Saved.Estimate,
            s.Saved.Low,
            s.Saved.High,
            s.Candidates,
        }),
    });
}
