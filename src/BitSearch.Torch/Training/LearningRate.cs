using BitSearch.Study;

namespace BitSearch.Torch.Training;

/// <summary>The learning rate of each step, in closed form.</summary>
public static class LearningRate
{
    /// <summary>The rate of step <paramref name="step"/> of <paramref name="steps"/>.</summary>
    /// <param name="schedule">
    /// Cosine: initial (1 + cos(pi t/T)) / 2 (Loshchilov &amp; Hutter 2017, equation 5, one period, minimum 0), so the last
    /// step is taken with a small rate and not with none. Step: the initial rate, a tenth from t = T/2 on, a hundredth
    /// from t = 3T/4 on. Constant: the initial rate.
    /// </param>
    /// <param name="initial">The rate of the first step.</param>
    /// <param name="step">t, from 0 to T - 1.</param>
    /// <param name="steps">T, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is no step of the training.</exception>
    public static double At(RateSchedule schedule, double initial, int step, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, steps);
        return schedule switch
        {
            RateSchedule.Cosine => initial * (1 + Math.Cos(Math.PI * step / steps)) / 2,
            RateSchedule.Step when 4L * step >= 3L * steps => initial / 100,
            RateSchedule.Step when 2L * step >= steps => initial / 10,
            _ => initial,
        };
    }
}
