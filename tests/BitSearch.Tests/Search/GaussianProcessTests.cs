using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;
using MathNet.Numerics.LinearAlgebra;

namespace BitSearch.Tests;

public sealed class GaussianProcessTests
{
    private static readonly double[] Inputs = [0, 0.7, 1.5, 3];
    private static readonly double[] Targets = [1, 0.2, -0.5, 2];
    private const double Noise = 0.05;

    [Fact]
    public void The_posterior_is_the_conditional_distribution()
    {
        // y and f(x) are jointly normal; conditioned by blocks, with an explicit inverse.
        var inverse = Correlations().Inverse();
        var residuals = Vector<double>.Build.DenseOfArray([.. Targets.Select(t => t - Targets.Average())]);
        var signal = residuals * inverse * residuals / Inputs.Length;
        foreach (var x in (double[])[-1, 0, 0.4, 1.5, 2.2, 9])
        {
            var covariance = Vector<double>.Build.DenseOfArray([.. Inputs.Select(i => Correlation(i, x))]);
            var (mean, variance) = Process().Predict(x);
            Assert.Equal(Targets.Average() + (covariance * inverse * residuals), mean, 12);
            Assert.Equal(signal * (1 - (covariance * inverse * covariance)), variance, 12);
        }
    }

    [Fact]
    public void The_likelihood_is_the_normal_density_of_the_targets()
    {
        var residuals = Vector<double>.Build.DenseOfArray([.. Targets.Select(t => t - Targets.Average())]);
        var signal = residuals * Correlations().Inverse() * residuals / Inputs.Length;
        var covariance = signal * Correlations();
        var density = -0.5 * ((residuals * covariance.Inverse() * residuals) + Math.Log(covariance.Determinant()));

        // The quadratic form is n at the best signal variance: the constant that is left out.
        Assert.Equal(density, Process().LogLikelihood - (0.5 * Inputs.Length), 10);
    }

    [Fact]
    public void What_is_believed_moves_no_mean_and_lowers_the_variance_near_it()
    {
        var process = Process();
        var believing = process.Believing([2.2, 4]);
        Assert.All((double[])[-1, 0.5, 2.2, 2.6, 5], x =>
        {
            Assert.Equal(process.Predict(x).Mean, believing.Predict(x).Mean, 10);
            Assert.True(believing.Predict(x).Variance <= process.Predict(x).Variance + 1e-12);
        });
        Assert.True(believing.Predict(2.2).Variance < 0.2 * process.Predict(2.2).Variance);
    }

    [Fact]
    public void Equal_targets_are_no_obstacle()
    {
        var process = new GaussianProcess<double>(Inputs, [0.5, 0.5, 0.5, 0.5], Correlation, Noise);
        Assert.Equal(0.5, process.Predict(1).Mean, 12);
        Assert.True(double.IsFinite(process.LogLikelihood));
    }

    [Fact]
    public void The_kernel_is_one_for_equal_schedules_and_falls_with_every_doubling()
    {
        var space = SearchSpace.Of(TestNetworks.ResNet20(), new SpaceRules(TestNetworks.Bits(1, 2, 4, 8)), SchedulePattern.Free, []);
        var coding = new ScheduleCoding(space);
        var kernel = new ScheduleKernel(1);
        ScheduleFeatures At(int place) => ScheduleFeatures.Of(coding, coding.Decode([.. Enumerable.Repeat(place, 20)]));
        Assert.Equal(1, kernel.Of(At(0), At(0)), 12);
        var correlations = Enumerable.Range(0, 4).Select(p => kernel.Of(At(0), At(p))).ToList();
        Assert.Equal(correlations.OrderDescending(), correlations);
        Assert.Equal(ScheduleKernel.Matern(1) / 2 + ScheduleKernel.Matern(Math.Sqrt(2)) / 2, correlations[1], 12);
        Assert.InRange(correlations[3], 0.001, 0.1);
    }

    [Fact]
    public void Schedules_that_were_not_seen_are_predicted()
    {
        var space = SearchSpace.Of(TestNetworks.ResNet20(), new SpaceRules(TestNetworks.Bits(1, 2, 4, 8)), SchedulePattern.Free, []);
        var (coding, random) = (new ScheduleCoding(space), new SeededRandom(3));
        var seen = Enumerable.Range(0, 80).Select(_ => Judged(space.Sample(random)!)).ToList();
        var model = ErrorModel.Of(space, coding, TrialHistory.Empty, seen);
        var unseen = Enumerable.Range(0, 100).Select(_ => Judged(space.Sample(random)!)).ToList();
        var missed = unseen.Average(j => Math.Pow(j.Objectives.ErrorRate - model.Predict(j.Schedule).Mean, 2));
        var spread = unseen.Average(j => Math.Pow(j.Objectives.ErrorRate - unseen.Average(u => u.Objectives.ErrorRate), 2));
        Assert.True(missed < 0.3 * spread, $"{missed} of {spread} is left unexplained");

        JudgedSchedule Judged(Schedule s) => new(s, new(JudgedSchedule.SizeOf(space, s), AdditiveProblem.ErrorOf(s)));
    }

    private static GaussianProcess<double> Process() => new(Inputs, Targets, Correlation, Noise);

    private static Matrix<double> Correlations() =>
        Matrix<double>.Build.Dense(4, 4, (i, j) => Correlation(Inputs[i], Inputs[j]) + (i == j ? Noise : 0));

    private static double Correlation(double a, double b) => Math.Exp(-(a - b) * (a - b));
}
