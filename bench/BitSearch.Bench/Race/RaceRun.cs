using System.Globalization;
using System.Text;
using System.Text.Json;
using BitSearch.Bench.Harness;
using BitSearch.Pareto;
using BitSearch.Space;

namespace BitSearch.Bench.Race;

/// <summary>
/// The validated hypervolume over time of two searches. At each moment a search recommends its front by its own scores; what
/// counts is what the referee makes of these schedules.
/// </summary>
internal static class RaceRun
{
    /// <summary>The corner that hypervolumes are measured to: 280 KiB and 50 % errors.</summary>
    private static readonly Objectives Corner = new(280 * 1024, 0.5);

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true };

    /// <summary>Runs BitSearch on a plan, reads the peer's table, has both fronts refereed, writes <c>results/bench/race</c>.</summary>
    /// <param name="plan">BitSearch's plan.</param>
    /// <param name="peer">The peer's CSV.</param>
    public static void Run(string plan, string peer)
    {
        var folder = Directory.CreateDirectory(Repository.PathOf("results", "bench", "race")).FullName;
        using var referee = new Referee();
        var results = Directory.CreateTempSubdirectory("bitsearch-race-");
        var (ours, theirs) = (Searches.OfBitSearch(plan, results.FullName), Searches.OfPeer(peer));
        var fronts = new Dictionary<string, List<(double Seconds, List<Found> Front)>>
        {
            ["BitSearch"] = Fronts(ours),
            ["Optuna"] = Fronts(theirs),
        };
        var scores = referee.Score([.. fronts.Values.SelectMany(f => f).SelectMany(f => f.Front).Select(f => f.Schedule).Distinct()]);
        var curves = fronts.ToDictionary(f => f.Key, f => f.Value.Select(m => (m.Seconds, Volume(m.Front, scores))).ToList());
        File.Copy(peer, Path.Combine(folder, "optuna.csv"), overwrite: true);
        WriteFound(Path.Combine(folder, "bitsearch.csv"), ours);
        WriteScores(Path.Combine(folder, "referee.csv"), scores);
        WriteSummary(Path.Combine(folder, "race.json"), plan, curves);
        RacePicture.Write(Path.Combine(folder, "race.png"), curves);
        results.Delete(recursive: true);
        Tell(curves);
    }

    /// <summary>When the first curve reaches the last value of the second; null: it does not.</summary>
    private static double? Reached(List<(double Seconds, double Volume)> curve, double goal) =>
        curve.Where(p => p.Volume >= goal).Select(p => (double?)p.Seconds).FirstOrDefault();

    // One moment for each time at which the front by own scores changes.
    private static List<(double Seconds, List<Found> Front)> Fronts(List<Found> found)
    {
        var fronts = new List<(double, List<Found>)>();
        for (var i = 0; i < found.Count; i++)
        {
            List<Found> front = [.. ParetoFront.Of(found.Take(i + 1), f => f.Objectives).Where(f => f.Bytes < Corner.Size)];
            if (front.Count > 0 && (fronts.Count == 0 || !front.SequenceEqual(fronts[^1].Item2)))
            {
                fronts.Add((found[i].Seconds, front));
            }
        }

        return fronts;
    }

    private static double Volume(List<Found> front, IReadOnlyDictionary<Schedule, double> scores) =>
        Hypervolume.Of(front.Select(f => new Objectives(f.Bytes, scores[f.Schedule])), Corner) / (Corner.Size * Corner.ErrorRate);

    private static void WriteFound(string path, List<Found> found) => WriteLines(
        path, "seconds,widths,bytes,error", found.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Seconds:F1},{f.Schedule},{f.Bytes},{f.ErrorRate:R}")));

    private static void WriteScores(string path, IReadOnlyDictionary<Schedule, double> scores) => WriteLines(
        path, "widths,error", scores.OrderBy(s => s.Key.ToString(), StringComparer.Ordinal).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key},{s.Value:R}")));

    private static void WriteLines(string path, string head, IEnumerable<string> lines) =>
        File.WriteAllText(path, string.Join('\n', [head, .. lines, ""]), Encoding.UTF8);

    private static void WriteSummary(string path, string plan, Dictionary<string, List<(double Seconds, double Volume)>> curves)
    {
        var goal = curves["Optuna"][^1].Volume;
        var summary = new
        {
            plan,
            commit = Repository.Commit(),
            date = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
            corner = new { bytes = Corner.Size, errorRate = Corner.ErrorRate },
            goal,
            reachedAfterSeconds = Reached(curves["BitSearch"], goal),
            curves = curves.ToDictionary(c => c.Key, c => c.Value.Select(p => new[] { Math.Round(p.Seconds, 1), Math.Round(p.Volume, 5) }).ToArray()),
        };
        File.WriteAllText(path, JsonSerializer.Serialize(summary, Layout) + "\n");
    }

    private static void Tell(Dictionary<string, List<(double Seconds, double Volume)>> curves)
    {
        foreach (var (name, curve) in curves)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: validated hypervolume {curve[^1].Volume:F4} after {curve[^1].Seconds:F0} s"));
        }

        var goal = curves["Optuna"][^1].Volume;
        Console.WriteLine(Reached(curves["BitSearch"], goal) is { } seconds
            ? string.Create(CultureInfo.InvariantCulture, $"BitSearch reaches Optuna's last value after {seconds:F0} s")
            : "BitSearch does not reach Optuna's last value");
    }
}
