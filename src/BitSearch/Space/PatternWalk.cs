using System.Collections.Immutable;

namespace BitSearch.Space;

/// <summary>
/// The pattern as a walk over the groups: which widths may come next depends on one number alone, the state. It is the width
/// of the last group that followed the pattern (0: none yet, or nothing depends on it any more). Where the pattern goes by
/// size it is two widths: the narrowest of all smaller groups, which is a limit, and the narrowest of this size so far.
/// </summary>
internal sealed class PatternWalk
{
    private const int Widths = Bitwidth.Maximum + 1;

    private readonly SchedulePattern _pattern;
    private readonly bool[] _forgets;
    private readonly bool[] _closesSize;

    public PatternWalk(ImmutableArray<PointGroup> groups, SchedulePattern pattern)
    {
        (Groups, _pattern) = (groups, pattern);
        var next = groups.Select((group, level) => groups.Skip(level + 1).FirstOrDefault(g => g.Follows && g.Kind == group.Kind)).ToArray();
        _forgets = [.. next.Select(n => n is null)];
        _closesSize = [.. groups.Zip(next, (group, n) => n is not null && n.Size > group.Size)];
    }

    public ImmutableArray<PointGroup> Groups { get; }

    /// <summary>States are from 0 up to but not including this.</summary>
    public int States => _pattern == SchedulePattern.BySize ? Widths * Widths : Widths;

    /// <summary>Whether <paramref name="width"/> may stand at the level in the state <paramref name="last"/>.</summary>
    public bool Allows(int level, int last, Bitwidth width) => last == 0 || !Groups[level].Follows || _pattern switch
    {
        SchedulePattern.Homogeneous => width.Bits == last,
        SchedulePattern.Decreasing => width.Bits <= last,
        SchedulePattern.Increasing => width.Bits >= last,
        SchedulePattern.BySize => last / Widths is var limit && (limit == 0 || width.Bits <= limit),
        _ => true,
    };

    /// <summary>What <see cref="Allows"/> compares with, for people.</summary>
    public string Conflict(int last) =>
        _pattern == SchedulePattern.BySize ? $"beside {last / Widths} in a smaller layer" : $"after {last} before it";

    /// <summary>The state of later levels once <paramref name="width"/> stands at the level.</summary>
    public int After(int level, int last, Bitwidth width)
    {
        if (_pattern == SchedulePattern.Free || _forgets[level])
        {
            return 0;
        }

        if (!Groups[level].Follows)
        {
            return last;
        }

        if (_pattern != SchedulePattern.BySize)
        {
            return width.Bits;
        }

        var (limit, narrowest) = (last / Widths, last % Widths);
        narrowest = narrowest == 0 ? width.Bits : Math.Min(narrowest, width.Bits);
        return _closesSize[level] ? narrowest * Widths : (limit * Widths) + narrowest;
    }
}
