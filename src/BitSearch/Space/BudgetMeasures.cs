using System.Globalization;

namespace BitSearch.Space;

/// <summary>What people call the measures of budgets, and how they read amounts.</summary>
public static class BudgetMeasures
{
    /// <summary>The measure's name.</summary>
    public static string Name(this BudgetMeasure of) => of switch
    {
        BudgetMeasure.Artifact => "artifact",
        BudgetMeasure.Weights => "weights",
        BudgetMeasure.AverageBits => "average width",
        BudgetMeasure.BitOperations => "sum of bit operations",
        _ => "activation memory",
    };

    /// <summary>An amount for people: <c>65,536 bytes (64.00 KiB)</c>, <c>3.500 bits a weight</c>, <c>1.250 GBOPs</c>.</summary>
    /// <param name="of">The measure.</param>
    /// <param name="amount">Bits, or bit operations.</param>
    /// <param name="network">Whose weights are counted.</param>
    public static string Text(this BudgetMeasure of, long amount, NetworkDescription network) => amount == long.MaxValue ? "unlimited" : of switch
    {
        BudgetMeasure.AverageBits => string.Create(CultureInfo.InvariantCulture, $"{(double)amount / network.WeightElements:N3} bits a weight"),
        BudgetMeasure.BitOperations => string.Create(CultureInfo.InvariantCulture, $"{amount / 1e9:N6} GBOPs"),
        _ => new MemorySize(amount).ToString(),
    };
}
