using TorchSharp;

namespace BitSearch.Torch;

/// <summary>
/// A stretch of tensor code: every tensor made between its creation and its disposal is freed at the end, except those
/// handed out through <see cref="Keep(torch.Tensor)"/> or <see cref="Detach(torch.Tensor)"/>. TorchSharp's scope behind it
/// belongs to the thread, so this is a <c>ref struct</c>: the compiler refuses an <c>await</c> while one is open.
/// </summary>
/// <example><code>using var scope = new TensorScope(); return scope.Keep(a + b);</code></example>
public readonly ref struct TensorScope
{
    private readonly DisposeScope? _scope;

    /// <summary>Opens a scope on the calling thread; close it with <c>using</c>.</summary>
    public TensorScope() => _scope = torch.NewDisposeScope();

    private DisposeScope Open => _scope
        ?? throw new InvalidOperationException("default(TensorScope) is not open; write new TensorScope().");

    /// <summary>Hands a tensor to the caller: it joins the scope outside this one, or none if there is none.</summary>
    /// <returns>The same tensor.</returns>
    public torch.Tensor Keep(torch.Tensor tensor) => Open.MoveToOuter(tensor);

    /// <summary>Hands two tensors to the caller, as <see cref="Keep(torch.Tensor)"/> does.</summary>
    public (torch.Tensor First, torch.Tensor Second) Keep(torch.Tensor first, torch.Tensor second) =>
        (Open.MoveToOuter(first), Open.MoveToOuter(second));

    /// <summary>Takes a tensor out of every scope: from now on its owner disposes it.</summary>
    /// <returns>The same tensor.</returns>
    public torch.Tensor Detach(torch.Tensor tensor) => Open.Detach(tensor);

    /// <summary>Frees every tensor made in this scope that was neither kept nor detached.</summary>
    public void Dispose() => _scope?.Dispose();
}
