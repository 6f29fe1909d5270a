using static TorchSharp.torch;

namespace BitSearch.Torch.Sensitivity;

/// <summary>The second derivatives of a loss, seen through vectors of random signs.</summary>
internal sealed class Curvature
{
    private readonly IList<Tensor> _weights;
    private readonly IList<Tensor> _gradients;

    /// <summary>Takes the first derivatives, with their graph. Its tensors join the caller's scope.</summary>
    /// <param name="loss">A scalar with a graph; every operation in it can be derived twice.</param>
    /// <param name="weights">What is derived by, all of one type.</param>
    public Curvature(Tensor loss, IList<Tensor> weights) =>
        (_weights, _gradients) = (weights, autograd.grad([loss], weights, null!, retain_graph: true, create_graph: true));

    /// <summary>v_l'(Hv)_l of each tensor l, v of random signs over all of them: on average the trace of H's block l (Hutchinson 1990).</summary>
    /// <param name="random">Draws the signs.</param>
    public double[] Probe(Random random)
    {
        using var scope = new TensorScope();
        var signs = _weights.Select(w => Signs(w, random)).ToList();
        var products = autograd.grad(_gradients, _weights, signs, retain_graph: true);
        return [.. signs.Zip(products, (v, hv) => v.mul(hv).to(float64).sum().item<double>())];
    }

    private static Tensor Signs(Tensor like, Random random)
    {
        using var scope = new TensorScope();
        var values = new float[like.numel()];
        var bits = 0L;
        for (var i = 0; i < values.Length; i++)
        {
            bits = i % 32 == 0 ? random.NextInt64(1L << 32) : bits >> 1;
            values[i] = (bits & 1) == 0 ? -1 : 1;
        }

        return scope.Keep(tensor(values, like.shape).to(like.dtype));
    }
}
