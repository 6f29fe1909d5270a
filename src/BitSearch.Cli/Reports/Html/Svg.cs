using System.Xml.Linq;
using static BitSearch.Cli.Reports.Html.Html;

namespace BitSearch.Cli.Reports.Html;

/// <summary>The parts that the page's pictures share.</summary>
internal static class Svg
{
    /// <summary>The width of pictures, in user units.</summary>
    public const double Width = 1000;

    /// <summary>A picture with a description for those who cannot see it.</summary>
    public static XElement Picture(double height, string description, params object?[] content) =>
        Tag("svg", At("viewBox", $"0 0 {Number(Width)} {Number(height)}"), At("role", "img"), At("aria-label", description), content);

    /// <summary>A line of a class.</summary>
    public static XElement Line(string name, double x1, double y1, double x2, double y2) =>
        Tag("line", Class(name), At("x1", x1), At("y1", y1), At("x2", x2), At("y2", y2));

    /// <summary>A text; <paramref name="anchor"/> is <c>start</c>, <c>middle</c> or <c>end</c>.</summary>
    public static XElement Text(double x, double y, string text, string anchor = "start", params object?[] attributes) =>
        Tag("text", At("x", x), At("y", y), anchor == "start" ? null : At("text-anchor", anchor), attributes, text);

    /// <summary>A text that reads upwards.</summary>
    public static XElement Upward(double x, double y, string text, string anchor = "start", params object?[] attributes) =>
        Text(x, y, text, anchor, [At("transform", $"rotate(-90 {Number(x)} {Number(y)})"), .. attributes]);

    /// <summary>A rectangle.</summary>
    public static XElement Box(double x, double y, double width, double height, params object?[] content) =>
        Tag("rect", At("x", x), At("y", y), At("width", width), At("height", height), content);

    /// <summary>What shows on hover.</summary>
    public static XElement Title(string text) => Tag("title", text);

    /// <summary>A line through corners.</summary>
    public static XElement Path(string name, IEnumerable<(double X, double Y)> corners, params object?[] attributes) =>
        Tag("polyline", Class(name), At("points", Points(corners)), attributes);

    /// <summary>A point in an arm's shape.</summary>
    public static XElement Marker(Palette.Shape shape, double x, double y, double radius, string color) => shape switch
    {
        Palette.Shape.Disc => Tag("circle", At("cx", x), At("cy", y), At("r", radius), At("fill", color)),
        Palette.Shape.Ring => Tag("circle", At("cx", x), At("cy", y), At("r", radius), At("fill", "none"), At("pointer-events", "all"), At("stroke", color), At("stroke-width", 2.2)),
        Palette.Shape.Square => Box(x - (0.9 * radius), y - (0.9 * radius), 1.8 * radius, 1.8 * radius, At("fill", color)),
        Palette.Shape.Triangle => Polygon(x, y, color, (0, -1.2 * radius), (1.1 * radius, 0.8 * radius), (-1.1 * radius, 0.8 * radius)),
        Palette.Shape.Downward => Polygon(x, y, color, (0, 1.2 * radius), (1.1 * radius, -0.8 * radius), (-1.1 * radius, -0.8 * radius)),
        _ => Polygon(x, y, color, (0, -1.3 * radius), (1.3 * radius, 0), (0, 1.3 * radius), (-1.3 * radius, 0)),
    };

    /// <summary>The star of the chosen schedule.</summary>
    public static XElement Star(double x, double y, double radius) =>
        Tag("polygon", Class("star"), At("points", Points(StarMarker.Corners(radius).Select(c => (x + c.X, y + c.Y)))));

    /// <summary>A legend of small pictures, 26 by 16, and their names.</summary>
    public static XElement Legend(IEnumerable<(XElement Sign, string Name)> entries) => Tag("div", Class("legend"), entries.Select(e =>
        Tag("span", Tag("svg", At("viewBox", "0 0 26 16"), At("aria-hidden", "true"), e.Sign), e.Name)));

    private static XElement Polygon(double x, double y, string color, params (double X, double Y)[] corners) =>
        Tag("polygon", At("points", Points(corners.Select(c => (x + c.X, y + c.Y)))), At("fill", color));

    private static string Points(IEnumerable<(double X, double Y)> corners) => string.Join(' ', corners.Select(c => $"{Number(c.X)},{Number(c.Y)}"));
}
