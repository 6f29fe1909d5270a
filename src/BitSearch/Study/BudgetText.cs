using System.Globalization;
using BitSearch.Space;

namespace BitSearch.Study;

/// <summary>Reads budgets as people write them.</summary>
public static class BudgetText
{
    private static readonly Dictionary<string, long> Memory = new(StringComparer.OrdinalIgnoreCase)
    {
        ["B"] = 8,
        ["byte"] = 8,
        ["bytes"] = 8,
        ["KiB"] = 8L << 10,
        ["MiB"] = 8L << 20,
        ["GiB"] = 8L << 30,
    };

    private static readonly Dictionary<string, long> Operations = new(StringComparer.OrdinalIgnoreCase)
    {
        ["BOPs"] = 1,
        ["kBOPs"] = 1_000,
        ["MBOPs"] = 1_000_000,
        ["GBOPs"] = 1_000_000_000,
    };

    /// <summary>
    /// The budget that a text means. <c>64 KiB</c>, <c>1.5 MiB</c>, <c>65536 bytes</c> or <c>B</c>: so much memory, and
    /// <c>1.2 GBOPs</c> so many bit operations. <c>0.25x</c>: this share of what the same network takes in the same measure
    /// with every point at full precision. <c>avg 3.5 bits</c>, and <c>3.5</c> for average bits: so many bits for each
    /// weight element; of the artifact, that and every byte that is no code in the space's largest schedule. <c>as 2 bits</c>:
    /// exactly what the space's homogeneous schedule of this width takes, pinned layers included. <c>unlimited</c>:
    /// no limit. Memory is rounded down to whole bytes, in which files are counted.
    /// </summary>
    /// <param name="text">As written.</param>
    /// <param name="of">What the budget is about.</param>
    /// <param name="space">The space that it will limit; its own budgets play no part.</param>
    /// <param name="place">Where it was written, for the message.</param>
    /// <param name="problems">Takes the mistake, if there is one.</param>
    /// <returns>The budget, or null after a mistake.</returns>
    public static Budget? Resolve(string text, BudgetMeasure of, SearchSpace space, string place, ICollection<Problem> problems)
    {
        var words = text.Trim();
        if (words.Equals("unlimited", StringComparison.OrdinalIgnoreCase))
        {
            return new Budget(long.MaxValue, of);
        }

        var isMemory = of is BudgetMeasure.Artifact or BudgetMeasure.Weights or BudgetMeasure.Activations;
        if (Amount(words, of, space) is not { } amount)
        {
            problems.Add(new Problem(place, $"'{text}' is no budget", Hint(words) ?? Right(of)));
        }
        else if (amount < (isMemory ? 8 : 1) || amount >= long.MaxValue)
        {
            problems.Add(new Problem(place, $"'{text}' is {(amount >= long.MaxValue ? "more than can be counted" : isMemory ? "not even a byte" : "nothing")}", Right(of)));
        }
        else
        {
            return new Budget(isMemory ? (long)amount / 8 * 8 : (long)amount, of);
        }

        return null;
    }

    /// <summary>The budget that a text means.</summary>
    /// <exception cref="PlanException">The text is no budget.</exception>
    public static Budget Resolve(string text, BudgetMeasure of, SearchSpace space, string place)
    {
        var problems = new List<Problem>();
        return Resolve(text, of, space, place, problems) ?? throw new PlanException(problems);
    }

    private static string Right(BudgetMeasure of) => of switch
    {
        BudgetMeasure.AverageBits => "write the bits of a weight, such as 3.5, or unlimited",
        BudgetMeasure.BitOperations => "write bit operations (1.2 GBOPs, 500 MBOPs), a share of full precision (0.25x), a homogeneous schedule (as 2 bits) or unlimited",
        BudgetMeasure.Activations => "write an amount (64 KiB, 65536 bytes), a share of full precision (0.25x) or unlimited",
        _ => "write an amount (64 KiB, 1.5 MiB, 65536 bytes), a share of full precision (0.25x), an average width (avg 3.5 bits), a homogeneous schedule (as 2 bits) or unlimited",
    };

    // Decimals, so that 0.1x is a tenth. More than 10^12 of anything is no budget.
    private static decimal? Amount(string words, BudgetMeasure of, SearchSpace space)
    {
        if (of == BudgetMeasure.AverageBits)
        {
            return Number(words) * space.Network.WeightElements;
        }

        if (words.StartsWith("as ", StringComparison.Ordinal))
        {
            return Bitwidth.TryParse(Between(words, "as "), out var width) && space.Homogeneous(width) is { } schedule ? space.Amount(schedule, of) : null;
        }

        if (words.EndsWith('x'))
        {
            return Number(words[..^1]) * space.Amount(Schedule.Homogeneous(space.Network.Points.Count, Bitwidth.Full), of);
        }

        if (words.StartsWith("avg ", StringComparison.Ordinal) && of != BudgetMeasure.BitOperations && of != BudgetMeasure.Activations)
        {
            return (Number(Between(words, "avg ")) * space.Network.WeightElements) + NoCodes(of, space).Bits;
        }

        var digits = words.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        var units = of == BudgetMeasure.BitOperations ? Operations : Memory;
        return units.TryGetValue(words[digits..].Trim(), out var each) ? Number(words[..digits]) * each : null;
    }

    // What stands before "bits" or "bit"; nothing if that is not how it ends.
    private static string Between(string words, string start)
    {
        var end = words.EndsWith(" bits", StringComparison.Ordinal) ? 5 : words.EndsWith(" bit", StringComparison.Ordinal) ? 4 : 0;
        return end == 0 || words.Length < start.Length + end ? "" : words[start.Length..^end];
    }

    private static MemorySize NoCodes(BudgetMeasure of, SearchSpace space)
    {
        if (of == BudgetMeasure.Weights)
        {
            return MemorySize.Zero;
        }

        var ledger = Ledger.Of(space.Network, space.Largest(of).Schedule);
        return ledger.Total - ledger.Of(LedgerKind.Codes);
    }

    private static decimal? Number(string digits) =>
        decimal.TryParse(digits.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 1e12m ? number : null;

    private static string? Hint(string words) =>
        words.EndsWith("kb", StringComparison.OrdinalIgnoreCase) ? "KB may mean 1,000 or 1,024 bytes: write KiB (1,024 bytes), or bytes"
        : words.EndsWith("mb", StringComparison.OrdinalIgnoreCase) ? "MB may mean two things: write MiB (1,048,576 bytes), or bytes"
        : words.EndsWith('%') ? "write a share of full precision as 0.25x"
        : null;
}
