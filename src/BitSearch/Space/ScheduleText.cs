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
