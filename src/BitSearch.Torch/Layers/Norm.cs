using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BitSearch.Torch.Layers;

/// <summary>
/// Batch normalisation over dimension 1 of <c>[n, c]</c> or <c>[n, c, h, w]</c>, with PyTorch's state names; or, once
/// <see cref="LoadFolded"/> was called, the scale and shift that an artifact stores.
/// </summary>
public sealed class Norm : nn.Module<Tensor, Tensor>
{
    /// <summary>What is added to the variance.</summary>
    internal const double Epsilon = 1e-5;

    private readonly Parameter _weight;
    private readonly Parameter _bias;
    private readonly Tensor _mean;
    private readonly Tensor _variance;
    private Tensor? _folded;

    /// <summary>Creates the identity: scale 1, shift 0, mean 0, variance 1.</summary>
    /// <param name="name">The name in the network, <c>layer1.0.bn1</c>.</param>
    /// <param name="channels">c.</param>
    public Norm(string name, int channels)
        : base(name)
    {
        Name = name;
        register_parameter("weight", _weight = new Parameter(ones(channels).DetachFromDisposeScope()));
        register_parameter("bias", _bias = new Parameter(zeros(channels).DetachFromDisposeScope()));
        register_buffer("running_mean", _mean = zeros(channels).DetachFromDisposeScope());
        register_buffer("running_var", _variance = ones(channels).DetachFromDisposeScope());
    }

    /// <summary>The name in the network.</summary>
    public string Name { get; }

    /// <summary>The share of a training batch in the running statistics, 0..1; 0.1 by default, as in PyTorch.</summary>
    public double Momentum { get; set; } = 0.1;

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = new TensorScope();
        if (_folded is null)
        {
            return scope.Keep(nn.functional.batch_norm(input, _mean, _variance, _weight, _bias, training, Momentum, Epsilon));
        }

        long[] shape = [1, -1, .. Enumerable.Repeat(1L, (int)input.dim() - 2)];
        return scope.Keep(input.mul(_folded[0].reshape(shape)).Plus(_folded[1].reshape(shape)));
    }

    /// <summary>Scale and shift in evaluation: gamma/sqrt(var + eps) and beta - mean scale, computed in double.</summary>
    /// <returns>float32 [2, c].</returns>
    public Tensor Fold()
    {
        using var scope = new TensorScope();
        if (_folded is not null)
        {
            return scope.Keep(_folded.clone());
        }

        using var without = no_grad();
        var scale = _weight.to(float64).div(_variance.to(float64).Plus(Epsilon).sqrt());
        var shift = _bias.to(float64).Minus(_mean.to(float64).mul(scale));
        return scope.Keep(stack([scale, shift]).to(float32));
    }

    /// <summary>From now on multiplies and shifts, in evaluation and in training alike.</summary>
    /// <param name="folded">float32 [2, c], copied.</param>
    public void LoadFolded(Tensor folded)
    {
        _folded?.Dispose();
        _folded = folded.clone().DetachFromDisposeScope();
    }

    /// <summary>Does nothing: components are registered by name, not by the fields that hold them.</summary>
    protected override void RegisterComponents()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _folded?.Dispose();
        }

        base.Dispose(disposing);
    }
}
