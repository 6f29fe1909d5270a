namespace BitSearch.Space;

/// <summary>A tensor of activations that has to be held, of one image.</summary>
/// <param name="Elements">How many.</param>
/// <param name="Point">
/// The activation point at whose width it can be stored, because nobody but that quantizer reads it; null: float32.
/// </param>
public sealed record LiveTensor(long Elements, string? Point);

/// <summary>
/// One step of a network's computation with everything that has to be held while it goes on: what it reads, what it writes, and
/// what later steps still need, such as a residual branch. Normalisation and nonlinearities work in place, a sum in
/// place of its first term; max pooling lets codes pass, since quantizers keep order.
/// </summary>
/// <param name="Name">What is computed.</param>
/// <param name="Tensors">What is live.</param>
public sealed record LiveStep(string Name, EquatableArray<LiveTensor> Tensors);
