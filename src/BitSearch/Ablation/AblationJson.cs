using System.Text.Encodings.Web;
using System.Text.Json;
using BitSearch.Space;

namespace BitSearch.Ablation;

/// <summary>An ablation as JSON: comparisons and savings with all their numbers. Single trials are in the CSV.</summary>
public static class AblationJson
{
    private static readonly JsonSerializerOptions Layout = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text, ending in a line break.</summary>
    public static string Text(string name, AblationResult result) => JsonSerializer.Serialize(
        new
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
        },
        Layout) + "\n";
}
