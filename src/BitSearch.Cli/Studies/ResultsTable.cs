using System.Globalization;
using System.Text.Json;
using BitSearch.Reports;

namespace BitSearch.Cli.Studies;

/// <summary>All studies of a results folder as one Markdown table, computed from their <c>report.json</c>: README's table.</summary>
internal static class ResultsTable
{
    private static readonly string[] Columns =
        ["study", "network, data", "budget", "schedules", "chosen", "size", "test accuracy", "best homogeneous within the budget", "full precision", "training time", "seed, commit"];

    /// <summary>The table, a line a study in the order of the folders' names.</summary>
    /// <param name="folder">The results folder.</param>
    /// <exception cref="PlanException">A report cannot be read.</exception>
    public static string Of(string folder)
    {
        var reports = Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder).Where(d => File.Exists(Path.Combine(d, "report.json"))).Order(StringComparer.Ordinal)
            : throw new PlanException(folder, "there is no such folder", "the folder that `bitsearch run` writes to");
        return string.Join('\n', [Line(Columns), Line(Columns.Select(_ => "---")), .. reports.Select(Row)]);
    }

    private static string Row(string folder)
    {
        try
        {
            using var report = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "report.json")));
            using var environment = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "environment.json")));
            return Line(Cells(report.RootElement, environment.RootElement));
        }
        catch (Exception e) when (e is IOException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new PlanException(folder, $"its report cannot be read: {e.Message}", "write it anew with `bitsearch report`");
        }
    }

    private static IEnumerable<string> Cells(JsonElement report, JsonElement environment)
    {
        var budget = report.GetProperty("budgets")[0];
        var chosen = Schedule(report, budget.GetProperty("best"));
        var homogeneous = Schedule(report, budget.GetProperty("bestHomogeneous"));
        var full = report.GetProperty("schedules").EnumerateArray().FirstOrDefault(s => s.GetProperty("homogeneous").GetString() == "float");
        var seconds = report.GetProperty("trials").EnumerateArray().Sum(t => t.GetProperty("seconds").GetDouble());
        yield return report.GetProperty("study").GetString()!;
        yield return $"{report.GetProperty("network").GetString()}, {report.GetProperty("data").GetString()}";
        yield return Text($"{budget.GetProperty("text").GetString()} = {budget.GetProperty("bytes").GetInt64():N0} bytes");
        yield return Text($"{report.GetProperty("schedules").GetArrayLength()}");
        yield return chosen is { } c ? $"`{c.GetProperty("display").GetString()}` (trial {c.GetProperty("trial").GetInt32()})" : "none";
        yield return chosen is null ? "" : Bytes(chosen.Value);
        yield return Test(report, chosen);
        yield return homogeneous is { } h ? $"{h.GetProperty("homogeneous").GetString()}, {Bytes(h)}: {Test(report, h)}" : "none";
        yield return full.ValueKind == JsonValueKind.Undefined ? "" : $"{Bytes(full)}: {Test(report, full)}";
        yield return Text($"{seconds / 60:F1} min");
        yield return $"{report.GetProperty("seed").GetUInt64()}, {environment.GetProperty("commit").GetString()?[..7]}";
    }

    private static JsonElement? Schedule(JsonElement report, JsonElement trial) => trial.ValueKind == JsonValueKind.Null
        ? null
        : report.GetProperty("schedules").EnumerateArray().First(s => s.GetProperty("trial").GetInt32() == trial.GetInt32());

    private static string Bytes(JsonElement schedule) => Text($"{schedule.GetProperty("bytes").GetInt64():N0} bytes");

    private static string Test(JsonElement report, JsonElement? schedule)
    {
        var finalist = schedule is null ? default : report.GetProperty("finalists").EnumerateArray()
            .FirstOrDefault(f => f.GetProperty("trial").GetInt32() == schedule.Value.GetProperty("trial").GetInt32());
        if (finalist.ValueKind == JsonValueKind.Undefined || finalist.GetProperty("testCount").ValueKind == JsonValueKind.Null)
        {
            return "not read";
        }

        var (correct, count) = (finalist.GetProperty("testCorrect").GetInt32(), finalist.GetProperty("testCount").GetInt32());
        var interval = WilsonInterval.Of(correct, count);
        return Text($"{100.0 * correct / count:F2} % [{100 * interval.Low:F2}, {100 * interval.High:F2}]");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
