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

    /// <summary>What the records after the head say.</summary>
    /// <typeparam name="T">What a record says.</typeparam>
    /// <param name="text">The file's text.</param>
    /// <param name="name">What messages call the file.</param>
    /// <param name="wrong">What a bad line is, such as <c>this is no trial</c>.</param>
    /// <param name="right">What would be right.</param>
    /// <param name="row">Reads the cells; throws on bad ones.</param>
    /// <exception cref="PlanException">A line cannot be read; the first of them, by its number.</exception>
    public static IReadOnlyList<T> Rows<T>(string text, string name, string wrong, string right, Func<IReadOnlyList<string>, T> row)
    {
        var (rows, line) = (new List<T>(), 1);
        try
        {
            foreach (var record in Read(text).Skip(1))
            {
                line = record.Line;
                rows.Add(row(record.Cells));
            }

            return rows;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or KeyNotFoundException)
        {
            throw new PlanException(FormattableString.Invariant($"{name}:{line}"), $"{wrong}: {e.Message}", right);
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
