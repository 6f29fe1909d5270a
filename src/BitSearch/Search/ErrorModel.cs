using BitSearch.Pareto;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Search;

/// <summary>What Bayesian optimisation believes of error rates: see <see cref="BayesianProposer"/>.</summary>
internal sealed class ErrorModel
{
    // Lengthscales in doublings of the width; noise as a share of the signal's variance.
    private static readonly double[] Lengthscales = [0.5, 1, 2, 4, 8];
    private static readonly double[] Noises = [1e-3, 1e-2, 1e-1];

    private readonly ScheduleCoding _coding;
    private readonly GaussianProcess<ScheduleFeatures> _process;

    private ErrorModel(ScheduleCoding coding, GaussianProcess<ScheduleFeatures> process, IReadOnlyList<Objectives> believed) =>
        (_coding, _process, Believed) = (coding, process, believed);

    /// <summary>The objectives that trials which still run are believed to have.</summary>
    public IReadOnlyList<Objectives> Believed { get; }

    /// <summary>Fits.</summary>
    /// <param name="space">The space.</param>
    /// <param name="coding">Its groups.</param>
    /// <param name="history">Trials that run, were pruned or failed; the latest <see cref="BayesianProposer.Learnt"/> count.</param>
    /// <param name="learnt">What the model learns from, at least one.</param>
    public static ErrorModel Of(SearchSpace space, ScheduleCoding coding, TrialHistory history, IReadOnlyList<JudgedSchedule> learnt)
    {
        ScheduleFeatures[] inputs = [.. learnt.Select(j => ScheduleFeatures.Of(coding, j.Schedule))];
        double[] errors = [.. learnt.Select(j => j.Objectives.ErrorRate)];
        var likeliest =
            (from lengthscale in Lengthscales
             let kernel = new ScheduleKernel(lengthscale)
             from noise in Noises
             select new GaussianProcess<ScheduleFeatures>(inputs, errors, kernel.Of, noise)).MaxBy(p => p.LogLikelihood)!;
        var completed = history.Scores.Select(s => s.Schedule).ToHashSet();
        var others = history.Trials.Where(t => !completed.Contains(t.Schedule)).DistinctBy(t => t.Schedule).TakeLast(BayesianProposer.Learnt).ToList();
        var believed = others.Where(t => t.Outcome is null).Select(t => new Objectives(
            JudgedSchedule.SizeOf(space, t.Schedule), likeliest.Predict(ScheduleFeatures.Of(coding, t.Schedule)).Mean));
        ScheduleFeatures[] unknown = [.. others.Select(t => ScheduleFeatures.Of(coding, t.Schedule))];
        return new ErrorModel(coding, likeliest.Believing(unknown), [.. believed]);
    }

    /// <summary>Mean and standard deviation of a schedule's error rate, noise left out.</summary>
    public (double Mean, double Deviation) Predict(Schedule schedule)
    {
        var (mean, variance) = _process.Predict(ScheduleFeatures.Of(_coding, schedule));
        return (mean, Math.Sqrt(variance));
    }
}
