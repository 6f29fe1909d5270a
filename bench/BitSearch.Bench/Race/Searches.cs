using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using BitSearch.Bench.Work;
using BitSearch.Space;

namespace BitSearch.Bench.Race;

/// <summary>What the two searches found, and when.</summary>
internal static partial class Searches
{
    private const int Activations = 19;

    /// <summary>The peer's table (<c>bench/peers/optuna_search.py</c>), in order of time.</summary>
    /// <exception cref="PlanException">It is not there or is none.</exception>
    public static List<Found> OfPeer(string path)
    {
        try
        {
            return [.. File.ReadLines(path).Skip(1).Select(line => line.Split(',')).Select(cells => new Found(
                double.Parse(cells[0], CultureInfo.InvariantCulture),
                Schedule.Parse(string.Join('-', [cells[2], .. Enumerable.Repeat("8", Activations)])),
                long.Parse(cells[3], CultureInfo.InvariantCulture),
                double.Parse(cells[4], CultureInfo.InvariantCulture))).OrderBy(f => f.Seconds)];
        }
        catch (Exception e) when (e is IOException or FormatException or IndexOutOfRangeException)
        {
            throw new PlanException(path, e.Message, "the CSV that bench/peers/optuna_search.py writes");
        }
    }

    /// <summary>Runs BitSearch's command line on a plan, and notes when each trial's line comes; from nothing, shared training included.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="results">An empty folder.</param>
    public static List<Found> OfBitSearch(string plan, string results)
    {
        var start = Stopwatch.GetTimestamp();
        var ended = new Dictionary<int, double>();
        CommandLine.Follow(["run", plan, "--results", results], (line, _) =>
        {
            if (TrialLine().Match(line) is { Success: true } match)
            {
                ended[int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }

            Console.Error.WriteLine(line);
        });
        var table = Directory.GetFiles(results, "trials.csv", SearchOption.AllDirectories)[0];
        return [.. File.ReadLines(table).Skip(1).Select(line => line.Split(',')).Where(cells => cells[7] == "completed").Select(cells => new Found(
            ended[int.Parse(cells[0], CultureInfo.InvariantCulture)],
            Schedule.Parse(cells[3]),
            long.Parse(cells[5], CultureInfo.InvariantCulture),
            double.Parse(cells[8], CultureInfo.InvariantCulture))).OrderBy(f => f.Seconds)];
    }

    [GeneratedRegex(@"^trial (\d+) ")]
    private static partial Regex TrialLine();
}
