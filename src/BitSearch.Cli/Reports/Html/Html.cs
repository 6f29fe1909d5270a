using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace BitSearch.Cli.Reports.Html;

/// <summary>
/// HTML as a tree, so that the page is well-formed and every text escaped by construction: it reads as HTML and as XML.
/// </summary>
internal static class Html
{
    private static readonly HashSet<string> Void = ["meta", "br", "hr", "link", "img", "input"];
    private static readonly HashSet<string> Shapes = ["rect", "circle", "line", "path", "polygon", "polyline"];

    /// <summary>An element.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">Texts, elements, attributes, sequences of them; nulls are left out.</param>
    public static XElement Tag(string name, params object?[] content)
    {
        var tag = new XElement(name, content);
        if (tag.IsEmpty && !Void.Contains(name) && !Shapes.Contains(name))
        {
            tag.Add("");
        }

        return tag;
    }

    /// <summary>A whole page in our style.</summary>
    public static XElement Document(string title, IEnumerable<object?> body) => Tag(
        "html",
        At("lang", "en"),
        Tag(
            "head",
            Tag("meta", At("charset", "utf-8")),
            Tag("meta", At("name", "viewport"), At("content", "width=device-width, initial-scale=1")),
            Tag("title", title),
            Tag("style", Resource("report.css"))),
        Tag("body", body, Tag("script", Resource("report.js"))));

    /// <summary>A part of a page with its heading.</summary>
    public static XElement Section(string title, params object?[] content) => Tag("section", Tag("h2", title), content);

    /// <summary>An attribute; numbers are written with at most two decimals.</summary>
    public static XAttribute At(string name, object value) => new(name, value is double number ? Number(number) : value);

    /// <summary>The attribute <c>class</c>.</summary>
    public static XAttribute Class(string name) => new("class", name);

    /// <summary>A coordinate, with at most two decimals.</summary>
    public static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A table with a head; the cells of <paramref name="rows"/> are texts or elements.</summary>
    /// <param name="heads">The heads; one that begins with <c>#</c> heads a column of numbers.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="attributes">Of the table.</param>
    public static XElement Table(IReadOnlyList<string> heads, IEnumerable<object?[]> rows, params object?[] attributes)
    {
        var numeric = heads.Select(h => h.StartsWith('#')).ToList();
        XElement Cell(object? cell, int column) => cell is XElement { Name.LocalName: "td" } ready ? Marked(ready, numeric[column])
            : Marked(Tag("td", cell), numeric[column]);
        return Tag("div", Class("scroll"), Tag(
            "table",
            attributes,
            Tag("thead", Tag("tr", heads.Select((h, i) => Marked(Tag("th", At("scope", "col"), h.TrimStart('#')), numeric[i])))),
            Tag("tbody", rows.Select(row => Tag("tr", row.Select(Cell))))));
    }

    /// <summary>Writes the page: UTF-8, no byte order mark, LF; what XML cannot hold (control characters) becomes U+FFFD.</summary>
    public static void Write(XElement page, Stream output)
    {
        foreach (var text in page.DescendantNodes().OfType<XText>())
        {
            text.Value = Clean(text.Value);
        }

        output.Write("<!DOCTYPE html>\n"u8);
        using var writer = XmlWriter.Create(output, new XmlWriterSettings
        {
            OmitXmlDeclaration = true,
            Indent = true,
            IndentChars = " ",
            NewLineChars = "\n",
            NewLineHandling = NewLineHandling.None,
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        });
        page.WriteTo(writer);
    }

    /// <summary>A text of the assembly: the page's style or script. Free of the characters that XML would escape.</summary>
    public static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(Html).Assembly.GetManifestResourceStream(name)!);
        return $"\n{reader.ReadToEnd()}";
    }

    private static string Clean(string text) => text.All(XmlConvert.IsXmlChar) ? text
        : string.Concat(text.EnumerateRunes().Select(r => r.Value > 0xFFFF || XmlConvert.IsXmlChar((char)r.Value) ? r.ToString() : "\uFFFD"));

    private static XElement Marked(XElement cell, bool numeric)
    {
        if (numeric)
        {
            cell.Add(Class("number"));
        }

        return cell;
    }
}
