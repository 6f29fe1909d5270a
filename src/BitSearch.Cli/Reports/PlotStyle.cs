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

    /// <summary>A legend without a box.</summary>
    public static void Legend(Plot plot, float size)
    {
        plot.Legend.FontSize = size;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
    }
}
