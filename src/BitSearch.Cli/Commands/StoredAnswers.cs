using System.Globalization;
using System.Text.RegularExpressions;
using BitSearch.Cli.Plans;
using BitSearch.Cli.Reports;
using BitSearch.Cli.Studies;
using BitSearch.Reports;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Cli.Commands;

/// <summary>
/// Computes the texts of <c>separability</c> and <c>explain</c> again from their CSV: correlations, their p, suggested schedules,
/// points a KiB. What was read off the network itself stands in the CSV and needs the network.
/// </summary>
internal static partial class StoredAnswers
{
    /// <summary>Checks a folder; see <see cref="StoredTables.Check"/>.</summary>
    public static (string Checked, IReadOnlyList<string> Differences)? Check(string folder)
    {
        string In(string name) => Path.Combine(folder, name);
        return File.Exists(In("separability.csv")) && File.Exists(In("plan.yaml")) ? Separability(In)
            : File.Exists(In("explanation.csv")) ? Explanation(folder, In)
            : null;
    }

    private static (string, IReadOnlyList<string>) Separability(Func<string, string> file)
    {
        var design = PlanFile.Open(file("plan.yaml"));
        var stored = PlanDocument.Text(file("separability.txt"), "separability.txt");
        var rows = Rows(file("separability.csv"), 7, c => new SeparabilityRow(c[0], c[1], Whole(c[2]), Real(c[3]), Real(c[4]), Real(c[5]), c[6].Length == 0 ? null : Real(c[6])));
        var against = Columns(stored.Split('\n')[0])[^1];
        var answer = SeparabilityAnswer.Of(design.Plan.Name, 0, against, rows, design.Arms.Select(a => (a.Name, a.Space)), new Seed(design.Plan.Seed));
        return ($"{rows.Count} points, {answer.Correlations.Count} correlations", StoredTables.Lines(file("separability.txt"), answer.Text()));
    }

    // The study's own results lie beside, under its name; without them there is nothing to compare with.
    private static (string, IReadOnlyList<string>)? Explanation(string folder, Func<string, string> file)
    {
        var stored = PlanDocument.Text(file("explanation.txt"), "explanation.txt");
        var lines = stored.Split('\n');
        var title = Title().Match(lines[0]);
        string Beside(string name) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(folder))!, title.Groups["study"].Value, name);
        if (!title.Success || !File.Exists(Beside("plan.yaml")) || !File.Exists(Beside("report.json")))
        {
            return null;
        }

        var (design, facts) = StoredTables.Facts(Beside);
        var trial = facts.History.Find(Whole(title.Groups["trial"].Value)) ?? throw new PlanException(file("explanation.txt"), $"{design.Plan.Name} has no trial {title.Groups["trial"].Value}", "an explanation of this study");
        var network = StudyMeasurements.NetworkOf(design);
        var layers = Rows(file("explanation.csv"), 17, c => Layer(network, c));
        var against = Columns(lines.First(l => l.StartsWith("layer ", StringComparison.Ordinal)))[6];
        var again = BitSearch.Reports.Explanation.Of(trial, [.. layers], new Seed(design.Plan.Seed));
        return ($"{layers.Count} layers of {design.Plan.Name}", StoredTables.Lines(file("explanation.txt"), ExplainText.Of(again, design, against)));
    }

    private static LayerExplanation Layer(NetworkDescription network, IReadOnlyList<string> cells)
    {
        var (point, width) = (network.Points[network.IndexOf(cells[0])], new Bitwidth(Whole(cells[3])));
        var bytes = PackedLayout.PointBytes(network, point, width);
        return new LayerExplanation(
            point, width, bytes, PackedLayout.PointBytes(network, point, Bitwidth.Full) - bytes, cells[6].Length == 0 ? null : Real(cells[6]), Change(7), Change(12));

        WidthChange? Change(int from) => cells[from].Length == 0 ? null
            : new WidthChange(new Bitwidth(Whole(cells[from])), Whole(cells[from + 1]), Real(cells[from + 2]), Real(cells[from + 3]), Real(cells[from + 4]));
    }

    private static List<T> Rows<T>(string path, int cells, Func<IReadOnlyList<string>, T> row)
    {
        var rows = new List<T>();
        foreach (var record in CsvRecords.Read(PlanDocument.Text(path, Path.GetFileName(path))).Skip(1))
        {
            try
            {
                rows.Add(record.Cells.Count == cells ? row(record.Cells) : throw new FormatException($"it has {record.Cells.Count} cells, not {cells}"));
            }
            catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or KeyNotFoundException)
            {
                throw new PlanException($"{path}:{record.Line}", $"is no line of this table: {e.Message}", "what bitsearch wrote");
            }
        }

        return rows;
    }

    private static string[] Columns(string header) => TwoSpaces().Split(header.Trim());

    private static int Whole(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);

    private static double Real(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<study>.+), trial (?<trial>\d+): ")]
    private static partial Regex Title();

    [GeneratedRegex(" {2,}")]
    private static partial Regex TwoSpaces();
}
