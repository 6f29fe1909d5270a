using BitSearch.Search;
using BitSearch.Torch.Data;
using BitSearch.Torch.Export;
using BitSearch.Torch.Search;

namespace BitSearch.Cli.Plans;

/// <summary>The catalogs that no class of their own keeps.</summary>
internal static class Components
{
    /// <summary>All search strategies: those that need libtorch are in the other assembly.</summary>
    public static Catalog<IProposer> Proposers { get; } = new(typeof(IProposer).Assembly, typeof(ReinforcementProposer).Assembly);

    /// <summary>All data sets.</summary>
    public static Catalog<IDataset> Datasets { get; } = new(typeof(IDataset).Assembly);

    /// <summary>All formats of trained networks.</summary>
    public static Catalog<INetworkExporter> Exporters { get; } = new(typeof(INetworkExporter).Assembly);
}
