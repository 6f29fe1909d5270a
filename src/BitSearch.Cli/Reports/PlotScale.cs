using System.Globalization;

namespace BitSearch.Cli.Reports;

/// <summary>A tick of an axis.</summary>
/// <param name="At">Its coordinate.</param>
/// <param name="Label">Its label.</param>
internal sealed record Tick(double At, string Label);

/// <summary>One axis of a picture: from values to coordinates, with ends and ticks.</summary>
/// <param name="Low">The coordinate of the lower end.</param>
/// <param name="High">The coordinate of the upper end.</param>
/// <param name="IsLog">Whether the scale is logarithmic.</param>
/// <param name="Ticks">Ascending, all between the ends, far enough apart for labels.</param>
internal sealed record PlotScale(double Low, double High, bool IsLog, IReadOnlyList<Tick> Ticks)
{
    private const double ClosestTicks = 0.055;
    private static readonly double[] RoundSteps = [1, 2, 2.5, 5, 10];
    private static readonly double[] Accuracies = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.88, 0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.995, 0.999];

    /// <summary>From values to coordinates, ascending.</summary>
    public Func<double, double> Coordinate { get; private init; } = v => v;

    /// <summary>The coordinate of a value.</summary>
    public double Of(double value) => Coordinate(value);

    /// <summary>What an axis of validation accuracies with this scale is called.</summary>
    public string AccuracyLabel => $"validation accuracy, %{(IsLog ? " (logarithmic in the error)" : "")}";

    /// <summary>The place of a value between the ends: 0 lower, 1 upper.</summary>
    public double Share(double value) => ShareAt(Of(value));

    /// <summary>The place of a coordinate, such as a tick's.</summary>
    public double ShareAt(double coordinate) => (coordinate - Low) / (High - Low);

    /// <summary>Sizes in KiB: logarithmic (base 2) once they span more than a factor of three.</summary>
    public static PlotScale Sizes(IReadOnlyCollection<double> kib)
    {
        var (least, most) = (kib.DefaultIfEmpty(1).Min(), kib.DefaultIfEmpty(2).Max());
        if (most <= 3 * least)
        {
            var room = Math.Max(0.08 * (most - least), 0.01 * most);
            return Linear(Math.Max(0, least - room), most + room, v => v.ToString("#,0.##", CultureInfo.InvariantCulture));
        }

        var span = Math.Log2(most / least);
        var (low, high) = (Math.Log2(least) - (0.06 * span), Math.Log2(most) + (0.08 * span));
        var powers = Enumerable.Range((int)Math.Floor(low), (int)(high - low) + 3).Select(p => Math.Pow(2, p));
        var candidates = span > 3 ? powers : powers.SelectMany(p => Enumerable.Range(2, 2), (p, half) => p * half / 2);
        return new PlotScale(low, high, true, Ticked(low, high, candidates, Math.Log2, v => v.ToString("#,0.####", CultureInfo.InvariantCulture)))
        {
            Coordinate = Math.Log2,
        };
    }

    /// <summary>Accuracies of error rates: logarithmic in the error rate once they span more than 25 points.</summary>
    public static PlotScale AccuraciesOf(IReadOnlyCollection<double> errorRates)
    {
        var (least, most) = (errorRates.DefaultIfEmpty(0).Min(), errorRates.DefaultIfEmpty(0.1).Max());
        if (most - least <= 0.25)
        {
            var room = Math.Max(0.08 * (most - least), 0.002);
            var linear = Linear(Math.Max(0, 1 - most - room) * 100, Math.Min(1 + (room / 3), 1 - least + room) * 100, v => v.ToString("0.##", CultureInfo.InvariantCulture));
            return linear with { Coordinate = error => 100 * (1 - error) };
        }

        var floor = errorRates.Where(e => e > 0).DefaultIfEmpty(0.01).Min() / (least > 0 ? 1 : 2);
        double Of(double error) => -Math.Log10(Math.Max(error, floor));
        var (low, high) = (Of(most), Of(floor));
        (low, high) = (low - (0.06 * (high - low)), high + (0.08 * (high - low)));
        var ticks = Ticked(low, high, Accuracies.Where(a => 1 - a >= floor), a => Of(1 - a), a => (100 * a).ToString("0.#", CultureInfo.InvariantCulture));
        return new PlotScale(low, high, true, ticks) { Coordinate = Of };
    }

    /// <summary>
    /// Any finite values: logarithmic (base 10) where all are positive and span more than a factor of ten; logarithmic away
    /// from zero on both sides (asinh) where signs differ and the largest is far above the median; else linear.
    /// </summary>
    public static PlotScale Values(IReadOnlyCollection<double> values)
    {
        var (least, most) = (values.DefaultIfEmpty(0).Min(), values.DefaultIfEmpty(1).Max());
        var sizes = values.Select(Math.Abs).Where(v => v > 0).Order().ToList();
        var middle = sizes.Count == 0 ? 0 : sizes[sizes.Count / 2];
        if (least > 0 && most > 10 * least)
        {
            return Powers(least, most, Math.Log10, Math.Log10(most / least) < 3 ? [1, 2, 5] : [1], least);
        }

        if (least < 0 && most > 0 && sizes[^1] > 30 * middle)
        {
            return Powers(least, most, v => Math.Asinh(v / middle), [1], 2 * middle);
        }

        var room = Math.Max(0.08 * (most - least), Math.Max(1e-9, 0.01 * Math.Abs(most)));
        return Linear(least - room, most + room, v => v.ToString("0.#########", CultureInfo.InvariantCulture));
    }

    // Ticks at powers of ten times the factors, from about a magnitude up, on both sides of zero.
    private static PlotScale Powers(double least, double most, Func<double, double> coordinate, double[] factors, double from)
    {
        var (low, high) = (coordinate(least), coordinate(most));
        (low, high) = (low - (0.06 * (high - low)), high + (0.08 * (high - low)));
        var (first, last) = ((int)Math.Floor(Math.Log10(from)), (int)Math.Ceiling(Math.Log10(Math.Max(most, -least))) + 1);
        var sizes = Enumerable.Range(first, last - first + 1).SelectMany(p => factors.Select(f => f * Math.Pow(10, p))).Where(v => least > 0 || v >= from).ToList();
        double[] ticks = least > 0 ? [.. sizes] : [.. sizes.Select(v => -v).Reverse(), 0, .. sizes];
        return new PlotScale(low, high, true, Ticked(low, high, ticks, coordinate, v => v.ToString("G3", CultureInfo.InvariantCulture))) { Coordinate = coordinate };
    }

    /// <summary>A linear scale with about six round ticks.</summary>
    public static PlotScale Linear(double low, double high, Func<double, string> label)
    {
        var raw = (high - low) / 6;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = RoundSteps.Select(f => f * power).First(s => s >= raw * 0.999);
        var first = Math.Ceiling((low / step) - 1e-9);
        var candidates = Enumerable.Range(0, 12).Select(i => Math.Round((first + i) * step, 10));
        return new PlotScale(low, high, false, Ticked(low, high, candidates, v => v, label));
    }

    // From the top down, so that the crowded end of a logarithmic scale keeps its highest tick.
    private static List<Tick> Ticked(double low, double high, IEnumerable<double> values, Func<double, double> coordinate, Func<double, string> label)
    {
        var ticks = new List<Tick>();
        foreach (var value in values.OrderDescending())
        {
            var at = coordinate(value);
            if (at >= low && at <= high && (ticks.Count == 0 || ticks[^1].At - at >= ClosestTicks * (high - low)))
            {
                ticks.Add(new Tick(at, label(value)));
            }
        }

        ticks.Reverse();
        return ticks;
    }
}
