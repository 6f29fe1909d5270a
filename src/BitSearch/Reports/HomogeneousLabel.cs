using BitSearch.Space;

namespace BitSearch.Reports;

/// <summary>Says which schedules are homogeneous, and how they are called.</summary>
internal static class HomogeneousLabel
{
    /// <summary>
    /// <c>float</c> if nothing is quantized; <c>2 bit</c> if all weight points that follow the pattern have that width,
    /// and all such activations one width too (<c>2 bit a4</c> where the space leaves that open); else null.
    /// </summary>
    /// <param name="network">Its points say what follows the pattern.</param>
    /// <param name="schedule">The widths.</param>
    /// <param name="baseline">It is one by decree: where widths differ, the one of most elements names it.</param>
    public static string? Of(NetworkDescription network, Schedule schedule, bool baseline)
    {
        if (schedule.Widths.All(w => w.IsFull))
        {
            return "float";
        }

        var weights = Following(network, schedule, PointKind.Weight);
        var activations = Following(network, schedule, PointKind.Activation);
        if (!baseline && (weights.Select(p => p.Width).Distinct().Count() != 1 || activations.Select(p => p.Width).Distinct().Count() > 1))
        {
            return null;
        }

        var width = weights.GroupBy(p => p.Width).MaxBy(g => g.Sum(p => p.Point.Elements))?.Key;
        var searched = activations.Where(p => p.Point.Widths.Count > 1).Select(p => p.Width).Distinct().ToList();
        return searched is [var one] && one != width ? $"{width} bit a{one}" : $"{width} bit";
    }

    private static List<(QuantizationPoint Point, Bitwidth Width)> Following(NetworkDescription network, Schedule schedule, PointKind kind)
    {
        var all = network.Points.Select((p, i) => (Point: p, Width: schedule[i])).Where(p => p.Point.Kind == kind).ToList();
        var following = all.Where(p => p.Point.FollowsPattern).ToList();
        return following.Count > 0 ? following : kind == PointKind.Weight ? all : [];
    }
}
