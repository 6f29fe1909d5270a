using System.Text;

namespace BitSearch;

/// <summary>Writes comma-separated values, RFC 4180: comma, CRLF, quotes where a cell needs them.</summary>
public static class CsvText
{
    /// <summary>Adds a line.</summary>
    public static StringBuilder AppendCells(this StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Quoted)).Append("\r\n");

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
