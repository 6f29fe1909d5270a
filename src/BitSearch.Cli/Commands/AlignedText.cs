using System.Text;
using BitSearch.Cli.Plans;

namespace BitSearch.Cli.Commands;

/// <summary>Rows of cells as lines of text.</summary>
internal static class AlignedText
{
    /// <summary>Appends the rows: the first column aligned left, the others right, two spaces between them.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="rows">At least one, all of one length; what they quote may come from anywhere.</param>
    public static StringBuilder AppendRows(this StringBuilder text, IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(c => rows.Max(r => r[c].Length)).ToList();
        foreach (var row in rows)
        {
            text.AppendJoin("  ", row.Select(PlanReading.OneLine).Select((cell, c) => c == 0 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).Append('\n');
        }

        return text;
    }
}
