using ScottPlot;
using SkiaSharp;

namespace BitSearch.Cli.Reports;

/// <summary>A five-pointed star, filled and outlined; about as large as a disc of its size.</summary>
internal sealed class StarMarker : IMarker
{
    /// <summary>The ten corners of a star round the origin, the topmost first.</summary>
    public static IEnumerable<(double X, double Y)> Corners(double radius) => Enumerable.Range(0, 10).Select(i =>
    {
        var (r, angle) = (i % 2 == 0 ? radius : 0.45 * radius, (Math.PI * i / 5) - (Math.PI / 2));
        return (r * Math.Cos(angle), r * Math.Sin(angle));
    });

    /// <inheritdoc/>
    public void Render(SKCanvas canvas, Paint paint, Pixel center, float size, MarkerStyle markerStyle)
    {
        var corners = Corners(0.62 * size).Select(c => new SKPoint(center.X + (float)c.X, center.Y + (float)c.Y)).ToArray();
        using var path = new SKPath();
        path.AddPoly(corners, close: true);
        using var fill = new SKPaint { Color = markerStyle.FillColor.ToSKColor(), IsAntialias = true };
        using var line = new SKPaint
        {
            Color = markerStyle.LineColor.ToSKColor(),
            IsAntialias = true,
            IsStroke = true,
            StrokeWidth = markerStyle.LineWidth,
            StrokeJoin = SKStrokeJoin.Round,
        };
        canvas.DrawPath(path, fill);
        canvas.DrawPath(path, line);
    }
}
