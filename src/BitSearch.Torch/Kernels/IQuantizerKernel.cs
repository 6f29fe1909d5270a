using System.Runtime.Intrinsics;

namespace BitSearch.Torch.Kernels;

/// <summary>
/// A quantizer's formulas on eight elements at once. A fake-quantized value is <c>Value(Code(x))</c>, so what is stored and
/// what is trained cannot differ. Kernels are structs: the loops of <see cref="KernelLoop"/> are compiled for each, with the
/// formulas inside.
/// </summary>
internal interface IQuantizerKernel
{
    /// <summary>Whether gradients pass unchanged. Backward then computes nothing and nothing is saved for it.</summary>
    static virtual bool PassesGradient => false;

    /// <summary>The codes, whole numbers in 0..2^b - 1 (or -0). NaN stays NaN, where the formulas do not compare it away.</summary>
    Vector256<float> Code(Vector256<float> x);

    /// <summary>The values of codes (-0 counts as 0).</summary>
    Vector256<float> Value(Vector256<float> code);

    /// <summary>The gradient of the values.</summary>
    /// <param name="x">What <see cref="Code"/> was given.</param>
    /// <param name="g">The gradient of the result.</param>
    /// <param name="term">Each element's share in the gradient of the scale, if that is learned; else 0.</param>
    Vector256<float> Backward(Vector256<float> x, Vector256<float> g, out Vector256<float> term);
}

/// <summary>A kernel whose gradients pass unchanged (the straight-through estimator of weights).</summary>
internal interface IStraightThroughKernel : IQuantizerKernel
{
    static bool IQuantizerKernel.PassesGradient => true;

    Vector256<float> IQuantizerKernel.Backward(Vector256<float> x, Vector256<float> g, out Vector256<float> term)
    {
        term = Vector256<float>.Zero;
        return g;
    }
}

/// <summary>A kernel whose values follow from the codes and one stored number.</summary>
internal interface IScaledKernel : IQuantizerKernel
{
    /// <summary>The number.</summary>
    float Scale { get; }
}

/// <summary>A kernel whose scale is learned.</summary>
internal interface ILearnedKernel : IScaledKernel
{
    /// <summary>The factor of the summed terms in the gradient of the learned parameter.</summary>
    float GradientScale { get; }
}
