using BitSearch.Search;
using BitSearch.Torch.Data;
using BitSearch.Torch.Export;

namespace BitSearch.Cli.Plans;

/// <summary>The catalogs that no class of their own keeps.</summary>
internal static class Components
{
    /// <summary>All search strategies.</summary>
    public static Catalog<IProposer> Proposers { get; } = new(typeof(IProposer).Assembly);

    /// <summary>All data sets.</summary>
    public static Catalog<IDataset> Datasets { get; } = new(typeof(IDataset).Assembly);

    /// <summary>All formats of trained networks.</summary>
    public static Catalog<INetworkExporter> Exporters { get; } = new(typeof(INetworkExporter).Assembly);
}
