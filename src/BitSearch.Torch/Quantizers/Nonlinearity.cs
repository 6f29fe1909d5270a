namespace BitSearch.Torch.Quantizers;

/// <summary>What a network applies between its layers; the activations' quantizer says which it is made for.</summary>
public enum Nonlinearity
{
    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>x clipped to -1..1, for quantizers whose range is fixed.</summary>
    Hardtanh,
}
