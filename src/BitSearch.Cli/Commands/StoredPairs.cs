using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BitSearch.Cli.Plans;
using BitSearch.Cli.Reports;
using BitSearch.Reports;
using BitSearch.Statistics;
using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Cli.Commands;

/// <summary>
/// Computes what <c>compare</c> said of two schedules of a study again: validation from the study's trials, test from its readings
/// or else from the accuracies that stand in the text. Counts of single images are taken as they stand.
/// </summary>
internal static partial class StoredPairs
{
    private const int Digits = 10_000; // Percent with two decimals.

    /// <summary>Checks every text and JSON of <c>compare</c> in a study's folder; null where there is none.</summary>
    /// <param name="folder">The study's results.</param>
    public static (string Checked, IReadOnlyList<string> Differences)? Check(string folder)
    {
        string In(string name) => Path.Combine(folder, name);
        if (!File.Exists(In("report.json")) || !File.Exists(In("plan.yaml")))
        {
            return null;
        }

        var texts = Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal)
            .Select(path => (Path: path, Lines: PlanDocument.Text(path, Path.GetFileName(path)).TrimEnd('\n').Split('\n')))
            .Where(t => t.Lines[0].StartsWith("first: ", StringComparison.Ordinal)).ToList();
        if (texts.Count == 0 && !File.Exists(In("compare.json")))
        {
            return null;
        }

        var (design, facts, _) = StoredTables.Facts(In);
        var differences = texts.SelectMany(t => Text(t.Path, t.Lines, design, facts)).ToList();
        if (File.Exists(In("compare.json")))
        {
            differences.AddRange(Json(In("compare.json"), design, facts));
        }

        return ($"{Show.Count(texts.Count + (File.Exists(In("compare.json")) ? 1 : 0), "comparison")} of two schedules", differences);
    }

    private static IEnumerable<string> Text(string path, string[] lines, PlannedStudy design, StudyFacts facts)
    {
        var image = ImagesLine().Match(string.Join('\n', lines));
        var (first, second) = (Named("first", lines[0], image.Groups[1]), Named("second", lines.ElementAtOrDefault(1) ?? "", image.Groups[2]));
        var pairs = PairedSchedules.Of(facts.History, first.Schedule, second.Schedule);
        var tests = Tests(facts, pairs, lines.Select(l => PairLine().Match(l)).Where(m => m.Success).Select(m => (Score(m.Groups[1].Value), Score(m.Groups[2].Value))));
        if (pairs.Pairs.Any(p => !tests.ContainsKey(p.First.Number) || !tests.ContainsKey(p.Second.Number)))
        {
            throw NotOurs(path, "a repeat is missing");
        }

        var again = new TrialComparison(design, first, second, pairs, tests).Lines().Concat(Images(lines, image, first, second, new Seed(design.Plan.Seed)));
        return StoredTables.Lines(path, string.Concat(again.Select(l => l + "\n")));

        // Several trials have one schedule; the line about images names the two.
        Trial Named(string name, string line, Group number)
        {
            var trials = facts.History.Trials.Where(t => t.Completed is not null && TrialComparison.Title(design, name, t) == line).ToList();
            return (number.Success ? trials.Find(t => t.Number == Whole(number.Value)) : null) ?? trials.FirstOrDefault() ?? throw NotOurs(path, $"'{line}' is no trial of {design.Plan.Name}");
        }
    }

    private static IEnumerable<string> Images(string[] lines, Match image, Trial first, Trial second, Seed seed)
    {
        if (!image.Success)
        {
            return [];
        }

        int Count(int group) => Whole(image.Groups[group].Value);
        var gaps = lines.Select(l => GapLine().Match(l)).Where(m => m.Success).Select(m => new TrainingAndTest(
            Whole(m.Groups[1].Value), Share(m.Groups[2].Value), Share(m.Groups[4].Value), Share(m.Groups[3].Value), Share(m.Groups[5].Value))).ToList();
        var training = TrainingLine().Match(lines[^1]);
        return ImageComparison.Of(
            first.Number, second.Number, new McNemarTest(Count(3), Count(4), Count(5), Count(6)), training.Success ? Whole(training.Groups[1].Value) : 0, gaps, seed).Lines();
    }

    private static List<string> Json(string path, PlannedStudy design, StudyFacts facts)
    {
        var (stored, differences) = (StoredTables.Parse(path), new List<string>());
        try
        {
            Trial Named(string name) => facts.History.Find((int)stored[name]!["trial"]!) ?? throw NotOurs(path, $"{name}.trial is none of {design.Plan.Name}");
            var pairs = PairedSchedules.Of(facts.History, Named("first").Schedule, Named("second").Schedule);
            var tests = Tests(facts, pairs, stored["pairs"]!.AsArray().Select(p => (Reading(p!["tests"]![0]!), Reading(p["tests"]![1]!))));
            var again = Output.Node(new TrialComparison(design, Named("first"), Named("second"), pairs, tests).Facts(stored["images"]));
            StoredTables.Compare(stored, again, $"{path}: ", "", differences);
            return differences;
        }
        catch (Exception e) when (e is InvalidOperationException or NullReferenceException or FormatException or ArgumentException or KeyNotFoundException)
        {
            throw NotOurs(path, e.Message);
        }
    }

    // The study's own readings first.
    private static Dictionary<int, TestScore> Tests(StudyFacts facts, PairedSchedules pairs, IEnumerable<(TestScore First, TestScore Second)> read)
    {
        var tests = facts.Tests.ToDictionary();
        foreach (var (pair, scores) in pairs.Pairs.Zip(read))
        {
            tests.TryAdd(pair.First.Number, scores.First);
            tests.TryAdd(pair.Second.Number, scores.Second);
        }

        return tests;
    }

    private static TestScore Reading(JsonNode test) => new((int)test["correct"]!, (int)test["count"]!);

    private static int Whole(string number) => int.Parse(number, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static int Hundredths(string percent) => (int)Math.Round(100 * double.Parse(percent, CultureInfo.InvariantCulture));

    private static TestScore Score(string percent) => new(Hundredths(percent), Digits);

    private static double Share(string percent) => Hundredths(percent) / (double)Digits;

    private static PlanException NotOurs(string path, string wrong) => new(path, wrong, "what bitsearch compare wrote of this study");

    [GeneratedRegex(@"^repeat \d+: validation \S+ % and \S+ %, test (\S+) % and (\S+) %$")]
    private static partial Regex PairLine();

    [GeneratedRegex(@"^repeat (\d+): training (\S+) % and (\S+) %, test (\S+) % and (\S+) %$")]
    private static partial Regex GapLine();

    [GeneratedRegex(@"^test images, trials (\d+) and (\d+): ([\d,]+) right by both, ([\d,]+) by the first alone, ([\d,]+) by the second alone, ([\d,]+) by neither;", RegexOptions.Multiline)]
    private static partial Regex ImagesLine();

    [GeneratedRegex(@"^training less test accuracy \(([\d,]+) training images\):")]
    private static partial Regex TrainingLine();
}
