using System.Globalization;

namespace BitSearch.Space;

/// <summary>
/// Schedules in short, for people: weight widths along depth with runs counted, then activations unless they are full
/// precision: <c>8-4x3-2 a4</c>.
/// </summary>
public static class ScheduleText
{
    /// <summary>The short form of <paramref name="schedule"/>.</summary>
    /// <exception cref="ArgumentException">The schedule has another number of points than the network.</exception>
    public static string Of(NetworkDescription network, Schedule schedule)
    {
        if (schedule.Count != network.Points.Count)
        {
            throw new ArgumentException($"schedule {schedule} has {schedule.Count} widths, {network.Name} has {network.Points.Count} points", nameof(schedule));
        }

        var weights = Runs(Of(network, schedule, PointKind.Weight));
        var activations = Of(network, schedule, PointKind.Activation);
        var all = activations.Distinct().ToList();
        return all switch
        {
            [] => weights,
            [{ IsFull: true }] => weights,
            [var one] => $"{weights} a{one}",
            _ => $"{weights} a{Runs(activations)}",
        };
    }

    /// <summary>
    /// Reads a schedule that people wrote: widths joined by <c>-</c>, runs as <c>1x6</c>, one for each weight along depth. Activations
    /// follow: a tied one has its weight's width, another one its only one. Or a width for every point, weights and activations.
    /// </summary>
    /// <param name="network">The points, with their ties and allowed widths.</param>
    /// <param name="text">Such as <c>8-4-2-1x5</c>.</param>
    /// <returns>The schedule, whatever widths the points allow; null if the text is none of the network's.</returns>
    public static Schedule? Read(NetworkDescription network, string text)
    {
        var widths = new List<Bitwidth>();
        foreach (var run in text.Split('-').Select(part => part.Split('x')))
        {
            var count = 1;
            if (!Bitwidth.TryParse(run[0], out var width) || run.Length > 2
                || (run.Length == 2 && !(int.TryParse(run[1], NumberStyles.None, CultureInfo.InvariantCulture, out count) && count <= network.Points.Count)))
            {
                return null;
            }

            widths.AddRange(Enumerable.Repeat(width, count));
        }

        return widths.Count == network.Points.Count ? new Schedule([.. widths])
            : widths.Count == network.WeightPoints.Count() ? WithActivations(network, widths)
            : null;
    }

    private static Schedule? WithActivations(NetworkDescription network, List<Bitwidth> weights)
    {
        var given = network.WeightPoints.Zip(weights, (p, w) => (p.TieGroup ?? p.Name, w)).DistinctBy(p => p.Item1).ToDictionary(p => p.Item1, p => p.w);
        var (next, widths) = (0, new List<Bitwidth>());
        foreach (var point in network.Points)
        {
            if (point.Kind == PointKind.Weight)
            {
                widths.Add(weights[next++]);
            }
            else if (point.TieGroup is { } tie && given.TryGetValue(tie, out var width))
            {
                widths.Add(width);
            }
            else if (point.Widths.Count == 1)
            {
                widths.Add(point.Widths[0]);
            }
            else
            {
                return null;
            }
        }

        return new Schedule([.. widths]);
    }

    private static List<Bitwidth> Of(NetworkDescription network, Schedule schedule, PointKind kind) =>
        [.. schedule.Widths.Where((_, i) => network.Points[i].Kind == kind)];

    private static string Runs(List<Bitwidth> widths)
    {
        var runs = new List<(Bitwidth Width, int Count)>();
        foreach (var width in widths)
        {
            if (runs.Count > 0 && runs[^1].Width == width)
            {
                runs[^1] = (width, runs[^1].Count + 1);
            }
            else
            {
                runs.Add((width, 1));
            }
        }

        return string.Join('-', runs.Select(r => r.Count == 1 ? $"{r.Width}" : $"{r.Width}x{r.Count}"));
    }
}
