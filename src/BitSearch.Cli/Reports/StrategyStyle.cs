using BitSearch.Comparison;
using ScottPlot;

namespace BitSearch.Cli.Reports;

/// <summary>How a strategy is drawn, the same in all pictures of a comparison.</summary>
/// <param name="Color">The line's colour.</param>
/// <param name="Pattern">The line's pattern: colours come again with another one.</param>
/// <param name="Width">The line's width.</param>
internal sealed record StrategyStyle(Color Color, LinePattern Pattern, float Width)
{
    private static readonly LinePattern[] Patterns = [LinePattern.Solid, LinePattern.Dashed, LinePattern.Dotted];

    /// <summary>The style of a strategy; random is grey.</summary>
    public static StrategyStyle Of(string strategy, ComparisonDesign design)
    {
        if (strategy == ComparisonDesign.Baseline)
        {
            return new StrategyStyle(Color.FromHex(Palette.Baseline), LinePattern.Solid, 4);
        }

        var place = design.Strategies.Select(s => s.Name).Where(n => n != ComparisonDesign.Baseline).ToList().IndexOf(strategy);
        return new StrategyStyle(
            Color.FromHex(Palette.Strategies[place % Palette.Strategies.Count]), Patterns[place / Palette.Strategies.Count % Patterns.Length], 2.6f);
    }
}
