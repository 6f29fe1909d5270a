using ScottPlot;
using SkiaSharp;

namespace BitSearch.Cli.Reports;

/// <summary>
/// Gives pictures the font that BitSearch carries along, so that they have text on a machine without fonts and look the
/// same on each.
/// </summary>
internal sealed class EmbeddedFont : IFontResolver
{
    /// <summary>The name under which pictures ask for it.</summary>
    public const string Name = "BitSearch Roboto";

    private static readonly Lazy<EmbeddedFont> Installed = new(Install);

    private readonly SKTypeface _regular = Load("Regular");
    private readonly SKTypeface _bold = Load("Bold");

    /// <summary>Makes it the font of all pictures from now on.</summary>
    public static void Use() => _ = Installed.Value;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        weight >= FontWeight.SemiBold ? _bold : _regular;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => bold ? _bold : _regular;

    private static EmbeddedFont Install()
    {
        var font = new EmbeddedFont();
        Fonts.FontResolvers.Insert(0, font);
        (Fonts.Default, Fonts.Sans, Fonts.Serif, Fonts.Monospace) = (Name, Name, Name, Name);
        return font;
    }

    private static SKTypeface Load(string style)
    {
        using var stream = typeof(EmbeddedFont).Assembly.GetManifestResourceStream($"Roboto-{style}.ttf")!;
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}
