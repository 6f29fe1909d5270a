using System.IO.Enumeration;

namespace BitSearch.Space;

/// <summary>A network's points with the widths, ties and exemptions that a plan's rules give them.</summary>
internal sealed partial class RuledPoints(NetworkDescription network, SpaceRules rules, SchedulePattern pattern)
{
    private readonly List<Problem> _problems = [];
    private readonly QuantizationPoint[] _points = [.. network.Points];

    /// <summary>The mistakes found by <see cref="Result"/>.</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>The points; of no use if there are problems.</summary>
    public EquatableArray<QuantizationPoint> Result()
    {
        if (rules.Widths.Count == 0)
        {
            Wrong("space.widths", "no width is given", "list the widths that are searched, such as [2, 4, 8]");
        }

        SetWeights();
        SetActivations();
        for (var i = 0; i < rules.Overrides.Count; i++)
        {
            Override(rules.Overrides[i], $"space.overrides[{i}]");
        }

        Except(rules.First, LayerRole.First, "space.first");
        Except(rules.Last, LayerRole.Last, "space.last");
        Except(rules.Projections, LayerRole.Projection, "space.projections");
        for (var i = 0; i < rules.Ties.Count; i++)
        {
            Tie(rules.Ties[i], $"space.ties[{i}]");
        }

        if (rules.Activations.Tied)
        {
            TieActivations();
        }

        return EquatableArray.Create<QuantizationPoint>(_points);
    }

    private static EquatableArray<Bitwidth> Sorted(IEnumerable<Bitwidth> widths) => widths.Distinct().Order().ToEquatableArray();

    private void Wrong(string place, string wrong, string right) => _problems.Add(new Problem(place, wrong, right));

    private void Change(Func<QuantizationPoint, bool> which, Func<QuantizationPoint, QuantizationPoint> change)
    {
        for (var i = 0; i < _points.Length; i++)
        {
            _points[i] = which(_points[i]) ? change(_points[i]) : _points[i];
        }
    }

    // The network ties each projection to its block's first convolution; whether that holds is the plan's choice.
    private void SetWeights()
    {
        var dropped = rules.Projections is { Tied: true } ? []
            : _points.Where(p => p is { Role: LayerRole.Projection, Kind: PointKind.Weight, TieGroup: not null }).Select(p => p.TieGroup).ToHashSet();
        Change(p => p.Kind == PointKind.Weight, p => p with
        {
            Widths = Sorted(rules.Widths),
            FollowsPattern = true,
            TieGroup = dropped.Contains(p.TieGroup) ? null : p.TieGroup,
        });
    }

    private void SetActivations()
    {
        var rule = rules.Activations;
        if ((rule.Fixed is null ? 0 : 1) + (rule.Widths.Count == 0 ? 0 : 1) + (rule.Tied ? 1 : 0) > 1)
        {
            Wrong("space.activations", "several rules are given", "give one of: a fixed width, widths to search, or tied");
        }

        var searched = rule.Widths.Count > 0;
        Change(p => p.Kind == PointKind.Activation, p => p with
        {
            Widths = searched ? Sorted(rule.Widths) : [rule.Fixed ?? Bitwidth.Full],
            FollowsPattern = searched,
        });
    }

    // Layer names come first and mean the layer's weights, so that '*' leaves fixed activations alone; then point names.
    private void Override(WidthOverride rule, string place)
    {
        Func<QuantizationPoint, bool> matches = p => p.Kind == PointKind.Weight && IsMatch(rule.Match, p.Layer);
        if (!_points.Any(matches))
        {
            matches = p => IsMatch(rule.Match, p.Name);
        }

        if (rule.Widths.Count == 0)
        {
            Wrong($"{place}.widths", "no width is given", "list the widths that are allowed there");
        }
        else if (!_points.Any(matches))
        {
            var nearest = NearestName.Of(rule.Match, _points.Select(p => p.Layer).Concat(_points.Select(p => p.Name)).Distinct());
            Wrong(
                $"{place}.match",
                $"'{rule.Match}' matches no layer and no point of {network.Name}",
                nearest is null ? $"layers are {string.Join(", ", _points.Select(p => p.Layer).Distinct())}" : $"did you mean '{nearest}'?");
        }
        else if (rules.Activations.Tied && Array.Find(_points, p => p.Kind == PointKind.Activation && matches(p)) is { } tied)
        {
            Wrong($"{place}.match", $"'{rule.Match}' means {tied.Name}, which is tied to its layer's weights", $"name the layer, '{tied.Layer}'");
        }
        else if (rule.Patterns.Count == 0 || rule.Patterns.Contains(pattern))
        {
            Change(matches, p => p with { Widths = Sorted(rule.Widths) });
        }
    }

    private static bool IsMatch(string match, string name) => FileSystemName.MatchesSimpleExpression(match, name, ignoreCase: false);

    // Role rules are about weights and come after the overrides: what is pinned stays pinned under '*'.
    private void Except(RoleRule? rule, LayerRole role, string place)
    {
        if (rule is null || rule == new RoleRule())
        {
            return;
        }

        bool Has(QuantizationPoint p) => p.Role == role && p.Kind == PointKind.Weight;
        if ((rule.Pinned is null ? 0 : 1) + (rule.Floor is null ? 0 : 1) + (rule.Free ? 1 : 0) + (rule.Tied ? 1 : 0) > 1)
        {
            Wrong(place, "several rules are given", "give one of: pinned, floor, free" + (role == LayerRole.Projection ? ", tied" : ""));
        }
        else if (rule.Tied)
        {
            CheckTied(role, place, [.. _points.Where(Has)]);
        }
        else if (!_points.Any(Has))
        {
            Wrong(place, $"{network.Name} has no such layer", "leave the rule out");
        }
        else
        {
            CheckPinned(rule.Pinned, place, [.. _points.Where(Has)]);
            CheckFloor(rule.Floor, place, [.. _points.Where(Has)]);
            Change(Has, p => p with
            {
                FollowsPattern = false,
                Widths = rule.Pinned is { } pinned ? [pinned] : p.Widths.Where(w => rule.Floor is not { } floor || w >= floor).ToEquatableArray(),
            });
        }
    }

    private void CheckTied(LayerRole role, string place, List<QuantizationPoint> points)
    {
        if (role != LayerRole.Projection)
        {
            Wrong($"{place}.tied", "only projections can be tied", "pin, floor or free this layer");
        }
        else if (points.Find(p => p.TieGroup is null) is { } alone)
        {
            Wrong($"{place}.tied", $"{alone.Name} has no convolution to be tied to in {network.Name}", "pin, floor or free the projections");
        }
        else if (points.Count == 0)
        {
            Wrong(place, $"{network.Name} has no projections", "leave the rule out");
        }
    }

    private void CheckPinned(Bitwidth? pinned, string place, List<QuantizationPoint> points)
    {
        if (pinned is { } width && rules.Overrides.FirstOrDefault(o => points.Exists(p => o.Match == p.Layer || o.Match == p.Name)) is { } other)
        {
            Wrong($"{place}.pinned", $"{width} bits contradict the override of '{other.Match}'", "leave one of them out");
        }
    }

    private void CheckFloor(Bitwidth? floor, string place, List<QuantizationPoint> points)
    {
        if (floor is { } least && points.Find(p => !p.Widths.Any(w => w >= least)) is { Widths.Count: > 0 } empty)
        {
            Wrong($"{place}.floor", $"{least} bits leave {empty.Name} no width out of {string.Join(", ", empty.Widths)}", $"at most {empty.Widths[^1]}");
        }
    }
}
