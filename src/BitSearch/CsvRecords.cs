using System.Text;

namespace BitSearch;

/// <summary>A record of a CSV file.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Cells">Its cells, quotes taken off.</param>
public sealed record CsvRecord(int Line, IReadOnlyList<string> Cells);

/// <summary>Reads RFC 4180: commas, quotes doubled within quotes, line breaks within quotes, CRLF or LF.</summary>
public static class CsvRecords
{
    /// <summary>The records; empty lines are left out.</summary>
    /// <exception cref="FormatException">A quote is not closed.</exception>
    public static IEnumerable<CsvRecord> Read(string text)
    {
        var (place, line) = (0, 1);
        while (place < text.Length)
        {
            var (began, cells) = (line, new List<string>());
            do
            {
                cells.Add(Cell(text, ref place, ref line));
            }
            while (place < text.Length && text[place++] == ',');
            line++;
            if (cells is not [""])
            {
                yield return new CsvRecord(began, cells);
            }
        }
    }

    // Ends at the comma or line feed behind the cell, or at the end of the text.
    private static string Cell(string text, ref int place, ref int line)
    {
        var (cell, quoted, began) = (new StringBuilder(), false, line);
        for (; place < text.Length && (quoted || text[place] is not (',' or '\n')); place++)
        {
            if (text[place] != '"')
            {
                line += text[place] == '\n' ? 1 : 0;
                cell.Append(text[place]);
            }
            else if (quoted && place + 1 < text.Length && text[place + 1] == '"')
            {
                cell.Append(text[place++]);
            }
            else
            {
                quoted = !quoted;
            }
        }

        return !quoted ? cell.ToString().TrimEnd('\r') : throw new FormatException($"the quote in line {began} is not closed");
    }
}
