namespace BitSearch.Torch.Kernels;

/// <summary>LSQ's range and the step's gradient scale.</summary>
/// <param name="Qn">Steps below zero.</param>
/// <param name="Qp">Steps above zero.</param>
/// <param name="GradientScale">1/sqrt(N Qp), N the elements that share a step.</param>
internal sealed record LsqRange(int Qn, int Qp, float GradientScale);
