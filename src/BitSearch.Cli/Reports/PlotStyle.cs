using ScottPlot;

namespace BitSearch.Cli.Reports;

/// <summary>What all pictures look like.</summary>
internal static class PlotStyle
{
    /// <summary>Axes, labels and texts.</summary>
    public static Color Ink { get; } = Color.FromHex("#26323C");

    /// <summary>Axes on the left and below alone, pale grid lines.</summary>
    public static void Frame(Plot plot)
    {
        plot.Axes.Top.FrameLineStyle.IsVisible = plot.Axes.Right.FrameLineStyle.IsVisible = false;
        plot.Axes.Color(Ink);
        plot.Grid.MajorLineColor = Color.FromHex("#E6EAED");
    }

    /// <summary>The pixels that layers' upright names take below a picture.</summary>
    public static int RoomFor(IEnumerable<string> layers) => 44 + (8 * layers.Max(l => l.Length));

    /// <summary>Layers side by side along the bottom.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="layers">Their names, at 0, 1 and so on.</param>
    /// <param name="below">The room for their names; 0: they are left out.</param>
    public static void Layers(Plot plot, IReadOnlyList<string> layers, int below)
    {
        plot.Axes.Bottom.SetTicks([.. layers.Select((_, i) => (double)i)], [.. layers.Select(l => below > 0 ? l : "")]);
        if (below > 0)
        {
            plot.Axes.Bottom.TickLabelStyle.Rotation = -90;
            plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleRight;
            plot.Axes.Bottom.MinimumSize = below;
        }
    }

    /// <summary>An axis with the ticks of a scale.</summary>
    public static void Ticks(IAxis axis, PlotScale scale) => axis.SetTicks([.. scale.Ticks.Select(t => t.At)], [.. scale.Ticks.Select(t => t.Label)]);

    /// <summary>A legend of lines at the right of a plot, in the order given.</summary>
    public static void Lines(Plot plot, IEnumerable<(string Text, Color Color, float Width, LinePattern Pattern)> lines)
    {
        foreach (var line in lines)
        {
            plot.Legend.ManualItems.Add(new LegendItem { LabelText = line.Text, LineColor = line.Color, LineWidth = line.Width, LinePattern = line.Pattern });
        }

        Legend(plot, 15);
        plot.Legend.SymbolWidth = 36;
        plot.ShowLegend(Edge.Right).Alignment = Alignment.UpperLeft;
    }

    /// <summary>A legend without a box.</summary>
    public static void Legend(Plot plot, float size)
    {
        plot.Legend.FontSize = size;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
    }
}
