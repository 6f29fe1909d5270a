using static TorchSharp.torch;

namespace BitSearch.Torch.Models;

/// <summary>Running statistics and mode of a network, put back at the end.</summary>
internal sealed class NormKeeper : IDisposable
{
    private readonly Network _network;
    private readonly bool _training;
    private readonly List<(Tensor Running, Tensor Copy)> _kept;

    /// <summary>Keeps them.</summary>
    public NormKeeper(Network network)
    {
        using var without = no_grad();
        (_network, _training) = (network, network.training);
        _kept = [.. network.Norms.SelectMany(n => n.named_buffers()).Select(b => (b.buffer, b.buffer.clone().DetachFromDisposeScope()))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        using var without = no_grad();
        foreach (var (running, copy) in _kept)
        {
            running.copy_(copy);
            copy.Dispose();
        }

        _network.train(_training);
    }
}
