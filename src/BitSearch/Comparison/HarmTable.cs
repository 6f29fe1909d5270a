using BitSearch.Space;
using MathNet.Numerics.Distributions;

namespace BitSearch.Comparison;

/// <summary>What quantizing one point alone does, by point and width; nothing at full precision.</summary>
public sealed class HarmTable
{
    private readonly double[,] _values;

    /// <summary>Fills the table.</summary>
    /// <param name="points">The number of points.</param>
    /// <param name="harm">Of a point at 1 to 31 bits, not negative.</param>
    public HarmTable(int points, Func<int, int, double> harm)
    {
        _values = new double[points, Bitwidth.Maximum];
        for (var point = 0; point < points; point++)
        {
            for (var bits = 1; bits < Bitwidth.Maximum; bits++)
            {
                _values[point, bits] = harm(point, bits);
            }
        }
    }

    /// <summary>The number of points.</summary>
    public int Points => _values.GetLength(0);

    /// <summary>The harm of one point.</summary>
    public double this[int point, Bitwidth width] => width.IsFull ? 0 : _values[point, width.Bits];

    /// <summary>
    /// Harm that falls by a factor a bit, times a factor of each point and a small one of each width: log-normal, the first with
    /// this standard deviation, the second with 0.1.
    /// </summary>
    /// <param name="points">The number of points.</param>
    /// <param name="decay">What one bit more divides it by; quantization noise falls by four (Zhou et al. 2018).</param>
    /// <param name="spread">How much points differ.</param>
    /// <param name="random">Where the factors come from.</param>
    public static HarmTable Decaying(int points, double decay, double spread, Random random)
    {
        var factors = Enumerable.Range(0, points).Select(_ => Math.Exp(Normal.Sample(random, 0, spread))).ToArray();
        return new HarmTable(points, (point, bits) => factors[point] * Math.Pow(decay, -bits) * Math.Exp(Normal.Sample(random, 0, 0.1)));
    }

    /// <summary>The summed harm of a schedule.</summary>
    public double Sum(Schedule schedule)
    {
        var sum = 0.0;
        for (var i = 0; i < schedule.Count; i++)
        {
            sum += this[i, schedule[i]];
        }

        return sum;
    }
}
