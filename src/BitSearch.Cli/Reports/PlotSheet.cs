using ScottPlot;
using SkiaSharp;

namespace BitSearch.Cli.Reports;

/// <summary>A picture of several plots.</summary>
/// <param name="width">Pixels.</param>
/// <param name="height">Pixels.</param>
internal sealed class PlotSheet(int width, int height) : IDisposable
{
    private readonly SKSurface _surface = SKSurface.Create(new SKImageInfo(width, height));

    /// <summary>Draws a plot, and frees it.</summary>
    public void Draw(Plot plot, int left, int top, int plotWidth, int plotHeight)
    {
        using (plot)
        {
            using var panel = SKImage.FromEncodedData(plot.GetImageBytes(plotWidth, plotHeight, ImageFormat.Png));
            _surface.Canvas.DrawImage(panel, left, top);
        }
    }

    /// <summary>Writes the whole as PNG.</summary>
    public void Write(Stream output)
    {
        using var image = _surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        png.SaveTo(output);
    }

    /// <summary>Frees the picture.</summary>
    public void Dispose() => _surface.Dispose();
}
