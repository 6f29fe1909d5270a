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
        return ($"{rows.Count} points, {answer.Correlations.Count} correlations", [.. StoredTables.Lines(file("separability.txt"), answer.Text()), .. StoredTables.Lines(file("separability.csv"), answer.Csv())]);
    }

    // The study's own results lie beside, under its name; without them there is nothing to compare with.
    private static (string, IReadOnlyList<string>) Explanation(string folder, Func<string, string> file)
    {
        var lines = PlanDocument.Text(file("explanation.txt"), "explanation.txt").Split('\n');
        var title = Title().Match(lines[0]);
        var columns = Columns(lines.FirstOrDefault(l => l.StartsWith("layer ", StringComparison.Ordinal)) ?? "");
        if (!title.Success || columns.Length < 7)
        {
            throw new PlanException(file("explanation.txt"), "it has no title 'STUDY, trial N:' or no table", "what bitsearch explain wrote");
        }

        var (study, number) = (title.Groups["study"].Value, title.Groups["trial"].Value);
        string Beside(string name) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(folder))!, study, name);
        if (!File.Exists(Beside("plan.yaml")) || !File.Exists(Beside("report.json")))
        {
            return ($"not checked, for {study} is not beside it", []);
        }

        var (design, facts, _) = StoredTables.Facts(Beside);
        var trial = (int.TryParse(number, CultureInfo.InvariantCulture, out var n) ? facts.History.Find(n) : null)
            ?? throw new PlanException(file("explanation.txt"), $"{study} has no trial {number}", "an explanation of this study");
        var network = StudyMeasurements.NetworkOf(design);
        var layers = Rows(file("explanation.csv"), 17, c => Layer(network, c));
        var again = BitSearch.Reports.Explanation.Of(trial, [.. layers], new Seed(design.Plan.Seed));
        return ($"{layers.Count} layers of {study}", [.. StoredTables.Lines(file("explanation.txt"), ExplainText.Of(again, design, columns[6])), .. StoredTables.Lines(file("explanation.csv"), ExplainText.Csv(again))]);
    }

    private static LayerExplanation Layer(NetworkDescription network, IReadOnlyList<string> cells)
    {
        return LayerExplanation.Of(
            network, network.Points[network.IndexOf(cells[0])], new Bitwidth(Whole(cells[3])), cells[6].Length == 0 ? null : Real(cells[6]), Change(7), Change(12));

        WidthChange? Change(int from) => cells[from].Length == 0 ? null
            : new WidthChange(new Bitwidth(Whole(cells[from])), Whole(cells[from + 1]), Real(cells[from + 2]), Real(cells[from + 3]), Real(cells[from + 4]));
    }

    private static IReadOnlyList<T> Rows<T>(string path, int cells, Func<IReadOnlyList<string>, T> row) => CsvRecords.Rows(
        PlanDocument.Text(path, Path.GetFileName(path)), path, "is no line of this table", "what bitsearch wrote",
        c => c.Count == cells ? row(c) : throw new FormatException($"it has {c.Count} cells, not {cells}"));

    private static string[] Columns(string header) => TwoSpaces().Split(header.Trim());

    private static int Whole(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);

    private static double Real(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<study>.+), trial (?<trial>\d+): ")]
    private static partial Regex Title();

    [GeneratedRegex(" {2,}")]
    private static partial Regex TwoSpaces();
}
