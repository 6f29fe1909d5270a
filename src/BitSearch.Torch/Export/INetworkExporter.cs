using BitSearch.Torch.Models;

namespace BitSearch.Torch.Export;

/// <summary>Writes a trained network to a file, found by name in a <see cref="Catalog{T}"/>.</summary>
public interface INetworkExporter
{
    /// <summary>The name in commands, that of its <see cref="ComponentAttribute"/>.</summary>
    string Name { get; }

    /// <summary>Writes the network under the schedule it has: beside its place, then renamed.</summary>
    /// <param name="network">A trained network.</param>
    /// <param name="path">Where to; an existing file is replaced.</param>
    /// <param name="cancellationToken">Stops before the file is renamed.</param>
    /// <exception cref="PlanException">The disk refuses.</exception>
    void Export(Network network, string path, CancellationToken cancellationToken);
}
