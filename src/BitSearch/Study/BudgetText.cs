using System.Globalization;
using BitSearch.Space;

namespace BitSearch.Study;

/// <summary>Reads budgets as people write them.</summary>
public static class BudgetText
{
    private const string Right = "write an amount (64 KiB, 1.5 MiB, 65536 bytes), a share of full precision (0.25x), an average width (avg 3.5 bits) or unlimited";

    private static readonly Dictionary<string, long> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        ["B"] = 1,
        ["byte"] = 1,
        ["bytes"] = 1,
        ["KiB"] = 1L << 10,
        ["MiB"] = 1L << 20,
        ["GiB"] = 1L << 30,
    };

    /// <summary>
    /// The budget that a text means. <c>64 KiB</c>, <c>1.5 MiB</c>, <c>65536 bytes</c> or <c>B</c>: so much. <c>0.25x</c>: this
    /// share of what the same network takes in the same measure with every point at full precision. <c>avg 3.5 bits</c>: so
    /// many bits for each weight element; of the artifact, that and every byte that is no code in the space's largest
    /// schedule. <c>unlimited</c>: no limit. Rounded down to whole bytes, in which files are counted.
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
            return new Budget(MemorySize.Unlimited, of);
        }

        if (Bits(words, of, space) is not { } bits)
        {
            problems.Add(new Problem(place, $"'{text}' is no budget", Hint(words) ?? Right));
        }
        else if (bits is < 8 or >= long.MaxValue)
        {
            problems.Add(new Problem(place, $"'{text}' is {(bits < 8 ? "not even a byte" : "more than can be counted")}", Right));
        }
        else
        {
            return new Budget(MemorySize.FromBytes((long)bits / 8), of);
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

    // Decimals, so that 0.1x is a tenth. More than 10^12 of anything is no budget.
    private static decimal? Bits(string words, BudgetMeasure of, SearchSpace space)
    {
        if (words.EndsWith('x'))
        {
            return Number(words[..^1]) * FullPrecision(of, space).Bits;
        }

        if (words.StartsWith("avg ", StringComparison.Ordinal))
        {
            var end = words.EndsWith(" bits", StringComparison.Ordinal) ? 5 : words.EndsWith(" bit", StringComparison.Ordinal) ? 4 : 0;
            return end == 0 || words.Length < 4 + end ? null
                : (Number(words[4..^end]) * space.Network.WeightElements) + NoCodes(of, space).Bits;
        }

        var digits = words.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        return Units.TryGetValue(words[digits..].Trim(), out var bytes) ? Number(words[..digits]) * bytes * 8 : null;
    }

    private static MemorySize FullPrecision(BudgetMeasure of, SearchSpace space) =>
        Ledger.Of(space.Network, Schedule.Homogeneous(space.Network.Points.Count, Bitwidth.Full)).Of(of);

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
