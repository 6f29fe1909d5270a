namespace BitSearch.Space;

public sealed partial record SearchSpace
{
    /// <summary>The widths for which there is a homogeneous schedule, ascending.</summary>
    public IReadOnlyList<Bitwidth> HomogeneousWidths =>
    [
        .. Tree.Groups.Where(g => g.Kind == PointKind.Weight).SelectMany(g => g.Widths).Distinct().Order().Where(w => Homogeneous(w) is not null),
    ];

    /// <summary>
    /// The homogeneous schedule to compare with, whatever the pattern and the budgets: every group of weights that follows
    /// the pattern at <paramref name="width"/>; exempt groups at the narrowest of their widths that is at least as wide, or
    /// else at their widest; activations that follow the pattern likewise, all at one width.
    /// </summary>
    /// <param name="width">The width.</param>
    /// <returns>The schedule, or null if a group does not allow the width.</returns>
    public Schedule? Homogeneous(Bitwidth width)
    {
        var following = Tree.Groups.Where(g => g.Follows).ToList();
        var activations = following.Where(g => g.Kind == PointKind.Activation).Select(g => g.Widths.AsEnumerable())
            .Aggregate((IEnumerable<Bitwidth>?)null, (all, widths) => all?.Intersect(widths) ?? widths)?.Order().ToList();
        if (activations is [] || following.Exists(g => g.Kind == PointKind.Weight && !g.Widths.Contains(width)))
        {
            return null;
        }

        return Tree.Schedule([.. Tree.Groups.Select(g => g switch
        {
            { Follows: false } => Clamp(g.Widths, width),
            { Kind: PointKind.Weight } => width,
            _ => Clamp(activations!, width),
        })]);
    }

    /// <summary>The schedule in short, for people: see <see cref="ScheduleText"/>.</summary>
    public string Describe(Schedule schedule) => ScheduleText.Of(Network, schedule);

    private static Bitwidth Clamp(IReadOnlyList<Bitwidth> ascending, Bitwidth width) =>
        ascending.Any(w => w >= width) ? ascending.First(w => w >= width) : ascending[^1];
}
