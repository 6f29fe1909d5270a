using BitSearch.Space;
using ScottPlot;

namespace BitSearch.Cli.Reports;

/// <summary>What an arm of an ablation looks like.</summary>
/// <param name="Color">Its colour.</param>
/// <param name="Marker">Its marker, filled.</param>
internal sealed record PatternStyle(Color Color, MarkerShape Marker)
{
    /// <summary>The style of a pattern: the same in all pictures.</summary>
    public static PatternStyle Of(SchedulePattern pattern) => pattern switch
    {
        SchedulePattern.Decreasing => new(Color.FromHex(Palette.Strategies[0]), MarkerShape.FilledCircle),
        SchedulePattern.Increasing => new(Color.FromHex(Palette.Strategies[1]), MarkerShape.FilledTriangleUp),
        SchedulePattern.Free => new(Color.FromHex(Palette.Strategies[2]), MarkerShape.FilledSquare),
        SchedulePattern.Homogeneous => new(Color.FromHex(Palette.Baseline), MarkerShape.FilledDiamond),
        SchedulePattern.Shuffled => new(Color.FromHex(Palette.Strategies[3]), MarkerShape.FilledTriangleDown),
        _ => new(Color.FromHex(Palette.Strategies[5]), MarkerShape.FilledDiamond),
    };
}
