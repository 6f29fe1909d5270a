using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BitSearch.Ablation;
using BitSearch.Cli.Plans;
using BitSearch.Reports;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Cli.Reports;

/// <summary>
/// Computes the tables of a results folder again from the trials that are stored in it, and compares: an ablation's texts from its
/// <c>trials.csv</c>, a study's <c>report.json</c> from the trials inside it, a comparison's summary from its runs. Needs no images, weights or database.
/// </summary>
internal static class StoredTables
{
    private const string OfStudy = "the report.json of a study";

    /// <summary>Checks a folder.</summary>
    /// <param name="folder">A study's or an ablation's results.</param>
    /// <returns>What was checked, for people, and what differs; null: there is nothing of ours to check.</returns>
    /// <exception cref="PlanException">Its plan cannot be read, or a file is no file of ours.</exception>
    public static (string Checked, IReadOnlyList<string> Differences)? Check(string folder)
    {
        string In(string name) => Path.Combine(folder, name);
        return File.Exists(In("ablation.json")) ? Ablation(In)
            : File.Exists(In("comparison.csv")) ? StoredComparison.Check(In)
            : File.Exists(In("report.json")) && File.Exists(In("plan.yaml")) ? Study(In)
            : null;
    }

    /// <summary>Where a stored text is not what its table gives, line by line.</summary>
    /// <param name="path">The stored text.</param>
    /// <param name="again">What it should be.</param>
    public static IReadOnlyList<string> Lines(string path, string again)
    {
        var (stored, made) = (PlanDocument.Text(path, Path.GetFileName(path)).Split('\n'), again.Split('\n'));
        return
        [
            .. stored.Zip(made).Where(l => l.First != l.Second).Select(l => $"{path}: '{l.First}', its table gives '{l.Second}'"),
            .. stored.Length == made.Length ? Array.Empty<string>() : [$"{path} has {stored.Length} lines, its table gives {made.Length}"],
        ];
    }

    private static (string, IReadOnlyList<string>) Ablation(Func<string, string> file)
    {
        var plan = AblationFile.Open(file("plan.yaml")).Plan;
        var rows = AblationRow.Of(TrialsCsv.Read(PlanDocument.Text(file("trials.csv"), "trials.csv"), file("trials.csv")));
        var result = AblationResult.Of(rows, new Seed(plan.Study.Seed), plan.Margin);
        var tables = AblationFiles.Tables(plan.Study.Name, result, plan.Margin);
        return (
            $"{rows.Count} trials, {result.Comparisons.Count} comparisons, {result.Savings.Count} savings",
            [.. tables.Where(t => !File.Exists(file(t.Name)) || !File.ReadAllBytes(file(t.Name)).SequenceEqual(t.Content)).Select(t => $"{file(t.Name)} is not what its trials give")]);
    }

    private static (string, IReadOnlyList<string>) Study(Func<string, string> file)
    {
        var (_, facts, stored) = Facts(file);
        return Written(file("report.json"), OfStudy, () =>
        {
            using var output = new MemoryStream();
            new ReportJson().Write(StudyReport.Of(facts), output);
            var differences = new List<string>();
            Compare(stored, JsonNode.Parse(Encoding.UTF8.GetString(output.ToArray()))!, $"{file("report.json")}: ", "", differences);
            return ($"{facts.History.Count} trials, {stored["schedules"]!.AsArray().Count} schedules", differences);
        });
    }

    /// <summary>A study's plan and trials as its results folder holds them, and its <c>report.json</c>.</summary>
    /// <param name="file">The path of a file in the folder.</param>
    /// <exception cref="PlanException">The plan cannot be read, or <c>report.json</c> is no file of ours.</exception>
    public static (PlannedStudy Design, StudyFacts Facts, JsonNode Report) Facts(Func<string, string> file)
    {
        var (design, stored) = (PlanFile.Open(file("plan.yaml")), Parse(file("report.json")));
        return (design, Written(file("report.json"), OfStudy, () => FactsOf(design, stored)), stored);
    }

    /// <summary>What a file holds that bitsearch should have written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="right">What it should be.</param>
    /// <param name="read">Reads what was parsed of it; throws where something is missing or of another kind.</param>
    /// <exception cref="PlanException">BitSearch did not write it.</exception>
    public static T Written<T>(string path, string right, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidOperationException or NullReferenceException or FormatException or ArgumentException or OverflowException)
        {
            throw new PlanException(path, $"BitSearch did not write it: {e.Message}", right);
        }
    }

    private static StudyFacts FactsOf(PlannedStudy design, JsonNode stored) =>
        new(design.Plan, design.Network, TrialHistory.Of(stored["trials"]!.AsArray().Select(t => TrialOf(design.Network, t!))))
        {
            Budget = design.Budget,
            FurtherBudgets = design.FurtherBudgets,
            ValidationImages = (int?)stored["validationImages"],
            Tests = TestsOf(stored),
            Provenance = new Provenance { SharedSeconds = (double?)stored["sharedSeconds"] },
        };

    // Reports written before each repeat was read on test have the finalists' readings alone.
    private static Dictionary<int, TestScore> TestsOf(JsonNode stored) => new[] { ("trials", "number"), ("finalists", "trial") }
        .SelectMany(from => stored[from.Item1]!.AsArray().Where(t => t!["testCount"] is not null)
            .Select(t => KeyValuePair.Create((int)t![from.Item2]!, new TestScore((int)t["testCorrect"]!, (int)t["testCount"]!))))
        .DistinctBy(t => t.Key).ToDictionary();

    private static Trial TrialOf(NetworkDescription network, JsonNode trial)
    {
        var schedule = Schedule.Parse((string)trial["schedule"]!);
        var ledger = Ledger.Of(network, schedule);
        TrialOutcome? outcome = (string?)trial["outcome"] switch
        {
            "completed" => new TrialOutcome.Completed((double?)trial["errorRate"] ?? double.NaN, (double?)trial["loss"] ?? double.NaN) { Curve = Doubles(trial["curve"]) },
            "pruned" => new TrialOutcome.Pruned((string?)trial["reason"] ?? ""),
            "failed" => new TrialOutcome.Failed((string?)trial["reason"] ?? ""),
            _ => null,
        };
        return new Trial((int)trial["number"]!, (string)trial["arm"]!, schedule, (int)trial["repeat"]!, outcome is null ? null : outcome with
        {
            Rungs = Doubles(trial["rungs"]),
            Duration = TimeSpan.FromSeconds((double?)trial["seconds"] ?? 0),
        })
        {
            CopyOf = (int?)trial["copyOf"],
            WarmStart = (int?)trial["warmStart"],
            Proposed = (string?)trial["proposed"] is { } proposed ? Schedule.Parse(proposed) : null,
            Artifact = ledger.Total,
            Weights = ledger.Weights,
        };
    }

    private static EquatableArray<double> Doubles(JsonNode? array) => [.. array?.AsArray().Select(v => (double?)v ?? double.NaN) ?? []];

    /// <summary>Where stored JSON is not what its trials give: what is stored must be there again; what a later version adds is no difference. What the clock said is not compared.</summary>
    public static void Compare(JsonNode? stored, JsonNode? again, string file, string path, List<string> differences)
    {
        switch (stored, again)
        {
            case (JsonObject one, JsonObject other):
                foreach (var (key, value) in one)
                {
                    Compare(value, other[key], file, path.Length == 0 ? key : $"{path}.{key}", differences);
                }

                break;
            case (JsonArray one, JsonArray other) when one.Count == other.Count:
                for (var i = 0; i < one.Count; i++)
                {
                    Compare(one[i], other[i], file, FormattableString.Invariant($"{path}[{i}]"), differences);
                }

                break;
            case (JsonValue one, JsonValue other) when one.GetValueKind() == JsonValueKind.Number && other.GetValueKind() == JsonValueKind.Number:
                var (a, b) = ((double)one, (double)other);
                if (Math.Abs(a - b) > 1e-9 * Math.Max(1, Math.Abs(a)) && !path.EndsWith("econds", StringComparison.Ordinal))
                {
                    differences.Add(FormattableString.Invariant($"{file}{path} is {a}, its trials give {b}"));
                }

                break;
            default:
                if (!JsonNode.DeepEquals(stored, again))
                {
                    differences.Add($"{file}{path} is {stored?.ToJsonString() ?? "null"}, its trials give {again?.ToJsonString() ?? "null"}");
                }

                break;
        }
    }

    /// <summary>Reads a JSON file.</summary>
    /// <exception cref="PlanException">It cannot be read, or is no JSON.</exception>
    public static JsonNode Parse(string path)
    {
        try
        {
            return JsonNode.Parse(PlanDocument.Text(path, Path.GetFileName(path))) ?? throw new JsonException("it is empty");
        }
        catch (JsonException e)
        {
            throw new PlanException(path, $"is no JSON: {e.Message}", "a file that bitsearch wrote");
        }
    }
}
