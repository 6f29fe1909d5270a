namespace BitSearch.Space;

/// <summary>A multiset of widths and how much of it is used, as one number: 0 if nothing is.</summary>
internal sealed class ShuffledWidths
{
    private readonly Dictionary<Bitwidth, (int Place, int Count)> _digits = [];

    public ShuffledWidths(IEnumerable<Bitwidth> widths)
    {
        States = 1;
        foreach (var width in widths.GroupBy(w => w).OrderBy(w => w.Key))
        {
            _digits.Add(width.Key, (States, width.Count()));
            States = checked(States * (width.Count() + 1));
        }
    }

    /// <summary>States are from 0 up to but not including this.</summary>
    public int States { get; }

    /// <summary>How often the width is still to be had.</summary>
    public int Left(int state, Bitwidth width) =>
        _digits.TryGetValue(width, out var digit) ? digit.Count - (state / digit.Place % (digit.Count + 1)) : 0;

    /// <summary>The state once the width is used once more.</summary>
    public int Without(int state, Bitwidth width) => state + _digits[width].Place;
}
