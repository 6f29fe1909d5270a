using System.Numerics;
using BitSearch.Space;
using MathNet.Numerics;

namespace BitSearch.Search;

/// <summary>
/// All ways of cutting values that fall with depth into width classes, the widest class first. Equal values are never cut
/// apart, and neither are the nearest ones where the ways would be too many.
/// </summary>
internal sealed class MonotoneCuts
{
    /// <summary>The most ways that are listed.</summary>
    public const int Most = 100_000;

    private readonly IReadOnlyList<WidthChoice> _choices;
    private readonly List<int> _open; // The choices with more than one width.
    private readonly Bitwidth[] _classes; // Widest first.
    private readonly List<int> _levels; // Where in _open each level begins; its end.
    private readonly double[] _values;
    private readonly long[] _elements;

    /// <summary>Prepares the cuts.</summary>
    /// <param name="space">The space.</param>
    /// <param name="choices">Its decisions in order of depth.</param>
    /// <param name="values">One for each, never rising; anything where there is one width alone.</param>
    public MonotoneCuts(SearchSpace space, IReadOnlyList<WidthChoice> choices, double[] values)
    {
        _choices = choices;
        _open = [.. Enumerable.Range(0, choices.Count).Where(i => choices[i].Widths.Count > 1)];
        _classes = [.. _open.SelectMany(i => choices[i].Widths).Distinct().OrderDescending()];
        _values = [.. _open.Select(i => values[i])];
        _elements = [.. _open.Select(i => choices[i].Points.Select(p => space.Network.Points[p]).Where(p => p.Kind == PointKind.Weight).Sum(p => p.Elements))];
        var gaps = Enumerable.Range(1, Math.Max(0, _open.Count - 1)).Select(i => (Start: i, Gap: _values[i - 1] - _values[i]))
            .Where(g => g.Gap > 0).OrderByDescending(g => g.Gap).ToList();
        while (gaps.Count > 0 && Ways(gaps.Count + 1, _classes.Length) > Most)
        {
            gaps.RemoveAt(gaps.Count - 1);
        }

        _levels = [0, .. gaps.Select(g => g.Start).Order(), _open.Count];
    }

    /// <summary>The schedules: the least sum of squares within classes first, of equal ones the one with the most weight bits.</summary>
    public IEnumerable<Schedule> BestFirst()
    {
        var ways = new List<(double Misfit, long Bits, byte[] Classes)>();
        if (_open.Count > 0)
        {
            Cut(ways, new byte[_levels.Count - 1], 0, 0, 0, 0);
        }

        return ways.OrderBy(w => w.Misfit).ThenByDescending(w => w.Bits).Select(w => ScheduleOf(w.Classes)).Distinct();
    }

    private static BigInteger Ways(int levels, int classes) => SpecialFunctions.Factorial(new BigInteger(levels + classes - 1))
        / (SpecialFunctions.Factorial(new BigInteger(levels)) * SpecialFunctions.Factorial(new BigInteger(classes - 1)));

    // From a level on, one run of levels for each class that is used, each class narrower than the one before.
    private void Cut(List<(double, long, byte[])> ways, byte[] classes, int level, int widest, double misfit, long bits)
    {
        if (level == classes.Length)
        {
            ways.Add((misfit, bits, [.. classes]));
            return;
        }

        for (var end = level + 1; end <= classes.Length; end++)
        {
            var (from, to) = (_levels[level], _levels[end]);
            var (spread, size) = (misfit + SumOfSquares(from, to), _elements[from..to].Sum());
            for (var c = widest; c < _classes.Length; c++)
            {
                classes.AsSpan(level, end - level).Fill((byte)c);
                Cut(ways, classes, end, c + 1, spread, bits + (size * _classes[c].Bits));
            }
        }
    }

    private double SumOfSquares(int from, int to)
    {
        var values = _values.AsSpan(from, to - from);
        var (mean, sum) = (0.0, 0.0);
        foreach (var value in values)
        {
            mean += value / values.Length;
        }

        foreach (var value in values)
        {
            sum += (value - mean) * (value - mean);
        }

        return sum;
    }

    private Schedule ScheduleOf(byte[] classes)
    {
        var places = new int[_choices.Count];
        for (var level = 0; level < classes.Length; level++)
        {
            for (var i = _levels[level]; i < _levels[level + 1]; i++)
            {
                places[_open[i]] = Nearest(_choices[_open[i]].Widths, _classes[classes[level]]);
            }
        }

        return WidthChoice.Schedule(_choices, places);
    }

    // The narrower of two that are equally near.
    private static int Nearest(EquatableArray<Bitwidth> widths, Bitwidth width) =>
        Enumerable.Range(0, widths.Count).MinBy(i => Math.Abs(widths[i].Bits - width.Bits));
}
