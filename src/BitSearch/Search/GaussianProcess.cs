using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace BitSearch.Search;

/// <summary>
/// Gaussian process regression (Rasmussen and Williams 2006, algorithm 2.1) with constant mean, the average of the targets,
/// and the signal variance that makes them most likely. Fitting takes O(n^3), a prediction O(n^2).
/// </summary>
/// <typeparam name="T">The inputs.</typeparam>
internal sealed class GaussianProcess<T>
{
    private readonly IReadOnlyList<T> _inputs;
    private readonly Vector<double> _residuals;
    private readonly Func<T, T, double> _correlation;
    private readonly double _noise;
    private readonly double _mean;
    private readonly double _signal;
    private readonly Cholesky<double> _factor;
    private readonly Vector<double> _weights;

    /// <summary>Fits.</summary>
    /// <param name="inputs">n inputs, at least one.</param>
    /// <param name="targets">n finite targets.</param>
    /// <param name="correlation">Symmetric, positive semidefinite, 1 for equal inputs.</param>
    /// <param name="noise">The noise's variance as a share of the signal's; positive.</param>
    public GaussianProcess(IReadOnlyList<T> inputs, IReadOnlyList<double> targets, Func<T, T, double> correlation, double noise)
        : this(inputs, targets, correlation, noise, targets.Average(), null)
    {
    }

    private GaussianProcess(
        IReadOnlyList<T> inputs, IReadOnlyList<double> targets, Func<T, T, double> correlation, double noise, double mean, double? signal)
    {
        var count = inputs.Count;
        (_inputs, _residuals, _correlation, _noise, _mean) = (inputs, Vector<double>.Build.Dense(inputs.Count, i => targets[i] - mean), correlation, noise, mean);
        var matrix = Matrix<double>.Build.Dense(count, count);
        for (var i = 0; i < count; i++)
        {
            matrix[i, i] = 1 + noise;
            for (var j = 0; j < i; j++)
            {
                matrix[i, j] = matrix[j, i] = correlation(inputs[i], inputs[j]);
            }
        }

        _factor = matrix.Cholesky();
        _weights = _factor.Solve(_residuals);
        _signal = signal ?? Math.Max(1e-12, _residuals.DotProduct(_weights) / count);
    }

    /// <summary>
    /// The logarithm of the targets' likelihood, at the best signal variance and up to a constant: -(n log signal + log |R|) / 2
    /// with R the correlation matrix and noise.
    /// </summary>
    public double LogLikelihood => -0.5 * ((_inputs.Count * Math.Log(_signal)) + _factor.DeterminantLn);

    /// <summary>The posterior of the function itself, without noise.</summary>
    public (double Mean, double Variance) Predict(T input)
    {
        var covariance = Vector<double>.Build.Dense(_inputs.Count, i => _correlation(_inputs[i], input));
        var explained = covariance.DotProduct(_factor.Solve(covariance));
        return (_mean + covariance.DotProduct(_weights), _signal * Math.Max(0, 1 - explained));
    }

    /// <summary>
    /// The process as if each of these inputs had been observed at its predicted mean (kriging believer, Ginsbourger et al.
    /// 2010): the mean stays what it is everywhere, the variance falls round them.
    /// </summary>
    public GaussianProcess<T> Believing(IReadOnlyList<T> inputs) => inputs.Count == 0 ? this : new GaussianProcess<T>(
        [.. _inputs, .. inputs],
        [.. _residuals.Select(r => _mean + r), .. inputs.Select(i => Predict(i).Mean)],
        _correlation,
        _noise,
        _mean,
        _signal);
}
