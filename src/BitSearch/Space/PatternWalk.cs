using System.Collections.Immutable;

namespace BitSearch.Space;

/// <summary>
/// The pattern as a walk over the groups: which widths may come next depends on one number alone, the state of the groups of
/// one kind. It is the width of the last group that followed the pattern (0: none yet, or nothing depends on it any more).
/// Where the pattern goes by size it is two widths: the narrowest of all smaller groups, which is a limit, and the narrowest of
/// this size so far. Where widths are shuffled it says how many of each are used.
/// </summary>
internal sealed class PatternWalk
{
    private const int Widths = Bitwidth.Maximum + 1;

    private readonly SchedulePattern _pattern;
    private readonly bool[] _forgets;
    private readonly bool[] _closesSize;
    private readonly ShuffledWidths?[] _shuffled;

    /// <param name="groups">In the order of the walk.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="shuffles">The schedule whose widths are shuffled, one width per point; null for other patterns.</param>
    public PatternWalk(ImmutableArray<PointGroup> groups, SchedulePattern pattern, Schedule? shuffles)
    {
        (Groups, _pattern) = (groups, pattern);
        var next = groups.Select((group, level) => groups.Skip(level + 1).FirstOrDefault(g => g.Follows && g.Kind == group.Kind)).ToArray();
        _forgets = [.. next.Select(n => n is null)];
        _closesSize = [.. groups.Zip(next, (group, n) => n is not null && n.Size > group.Size)];
        _shuffled = pattern == SchedulePattern.Shuffled
            ? [.. Enum.GetValues<PointKind>().Select(kind => new ShuffledWidths(groups.Where(g => g.Follows && g.Kind == kind).Select(g => shuffles![g.First])))]
            : new ShuffledWidths?[Enum.GetValues<PointKind>().Length];
    }

    public ImmutableArray<PointGroup> Groups { get; }

    /// <summary>States are from 0 up to but not including this.</summary>
    public int States => _pattern switch
    {
        SchedulePattern.BySize => Widths * Widths,
        SchedulePattern.Shuffled => _shuffled.Max(s => s!.States),
        _ => Widths,
    };

    /// <summary>Whether <paramref name="width"/> may stand at the level in the state <paramref name="last"/>.</summary>
    public bool Allows(int level, int last, Bitwidth width) => !Groups[level].Follows || _pattern switch
    {
        SchedulePattern.Homogeneous => last == 0 || width.Bits == last,
        SchedulePattern.Decreasing => last == 0 || width.Bits <= last,
        SchedulePattern.Increasing => width.Bits >= last,
        SchedulePattern.BySize => last / Widths is var limit && (limit == 0 || width.Bits <= limit),
        SchedulePattern.Shuffled => Shuffled(level).Left(last, width) > 0,
        _ => true,
    };

    /// <summary>What <see cref="Allows"/> compares with, for people.</summary>
    public string Conflict(int last) => _pattern switch
    {
        SchedulePattern.BySize => $"beside {last / Widths} in a smaller layer",
        SchedulePattern.Shuffled => "more often than the schedule that is shuffled",
        _ => $"after {last} before it",
    };

    /// <summary>The state of later levels of the kind once <paramref name="width"/> stands at the level.</summary>
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

        return _pattern switch
        {
            SchedulePattern.BySize => AfterBySize(level, last, width),
            SchedulePattern.Shuffled => Shuffled(level).Without(last, width),
            _ => width.Bits,
        };
    }

    private int AfterBySize(int level, int last, Bitwidth width)
    {
        var (limit, narrowest) = (last / Widths, last % Widths);
        narrowest = narrowest == 0 ? width.Bits : Math.Min(narrowest, width.Bits);
        return _closesSize[level] ? narrowest * Widths : (limit * Widths) + narrowest;
    }

    private ShuffledWidths Shuffled(int level) => _shuffled[(int)Groups[level].Kind]!;
}
