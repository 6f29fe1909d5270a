using System.Collections.Immutable;

namespace BitSearch.Space;

/// <summary>
/// The pattern as a walk over the groups: which widths may come next depends on one number alone, the width of the last
/// group that followed the pattern (0: none yet, or nothing depends on it any more).
/// </summary>
internal sealed class PatternWalk
{
    private readonly SchedulePattern _pattern;
    private readonly bool[] _forgets;

    public PatternWalk(ImmutableArray<PointGroup> groups, SchedulePattern pattern)
    {
        (Groups, _pattern) = (groups, pattern);
        _forgets = [.. groups.Select((group, level) => !groups.Skip(level + 1).Any(g => g.Follows && g.Kind == group.Kind))];
    }

    public ImmutableArray<PointGroup> Groups { get; }

    /// <summary>Whether <paramref name="width"/> may stand at the level after <paramref name="last"/>.</summary>
    public bool Allows(int level, int last, Bitwidth width) => last == 0 || !Groups[level].Follows || _pattern switch
    {
        SchedulePattern.Homogeneous => width.Bits == last,
        SchedulePattern.Decreasing => width.Bits <= last,
        SchedulePattern.Increasing => width.Bits >= last,
        _ => true,
    };

    /// <summary>What later levels have to know once <paramref name="width"/> stands at the level.</summary>
    public int After(int level, int last, Bitwidth width) =>
        _pattern == SchedulePattern.Free || _forgets[level] ? 0 : Groups[level].Follows ? width.Bits : last;
}
