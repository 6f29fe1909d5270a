using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;

namespace BitSearch.Cli.Plans;

/// <summary>The keys that say what is trained and how, whoever chooses the schedules: studies and ablations share them.</summary>
internal static class ExperimentShape
{
    private static readonly Shape<DataPlan> DataShape = new MapShape<DataPlan>(
        "a data set: { name: digits }",
        new DataPlan(""),
        new Field<DataPlan, string>(
            "name", "The data set.", Shapes.Name(Components.Datasets), d => d.Name, (d, v) => d with { Name = v })
        { IsRequired = true },
        new Field<DataPlan, int?>(
            "validation", "Validation images taken from the training set; the data set's own choice by default. Not with sawTraining.",
            new OptionalShape<int>(Shapes.Whole(1)), d => d.Validation, (d, v) => d with { Validation = v }),
        new Field<DataPlan, string?>(
            "folder", "Where the files lie, relative to this file; the usual places by default.",
            Shapes.FilePath("a folder")!, d => d.Folder, (d, v) => d with { Folder = v })
        { IsIdentity = false });

    private static readonly Shape<NetworkPlan> NetworkShape = new MapShape<NetworkPlan>(
        "a network: { name: resnet20 }",
        new NetworkPlan(""),
        new Field<NetworkPlan, string>(
            "name", "The network.", Shapes.Name(NetworkFactory.Catalog), n => n.Name, (n, v) => n with { Name = v })
        { IsRequired = true },
        new Field<NetworkPlan, double>(
            "width", "The factor on every layer's channels; 1 is the published network.",
            Shapes.Number(0, above: true, below: 64), n => n.Width, (n, v) => n with { Width = v }),
        new Field<NetworkPlan, string?>(
            "weights", "A safetensors file of full-precision weights under PyTorch's names, relative to this file.",
            Shapes.FilePath("a safetensors file")!, n => n.Weights, (n, v) => n with { Weights = v })
        { IsIdentity = false },
        new Field<NetworkPlan, bool>(
            "sawTraining", "Whether the weights saw the whole training set: validation then comes from the test images.",
            Shapes.Flag, n => n.SawTraining, (n, v) => n with { SawTraining = v }),
        new Field<NetworkPlan, Recipe?>(
            "baseline", "How full-precision weights are trained (and cached) when there is no file of them.",
            RecipeShape.Of(new Recipe { From = StartFrom.Scratch })!, n => n.Baseline, (n, v) => n with { Baseline = v }));

    private static readonly Shape<QuantizerPlan> QuantizerShape = new MapShape<QuantizerPlan>(
        "quantizers: { weights: lsq, activations: lsq }",
        new QuantizerPlan(),
        new Field<QuantizerPlan, string>(
            "weights", "The quantizer of weights.", Shapes.Name(QuantizerFamily.Catalog), q => q.Weights, (q, v) => q with { Weights = v }),
        new Field<QuantizerPlan, string>(
            "activations", "The quantizer of activations.", Shapes.Name(QuantizerFamily.Catalog), q => q.Activations, (q, v) => q with { Activations = v }),
        new Field<QuantizerPlan, bool>(
            "perChannel", "Whether weights have one scale an output channel, where the quantizer offers it.",
            Shapes.Flag, q => q.PerChannel, (q, v) => q with { PerChannel = v }));

    /// <summary>The key <c>seed</c>.</summary>
    public static Field<StudyPlan> Seed { get; } = new Field<StudyPlan, ulong>("seed", "The root of all randomness.", Shapes.Seed, p => p.Seed, (p, v) => p with { Seed = v });

    /// <summary>The key <c>data</c>.</summary>
    public static Field<StudyPlan> Images { get; } = new Field<StudyPlan, DataPlan>("data", "The images.", DataShape, p => p.Data, (p, v) => p with { Data = v }) { IsRequired = true };

    /// <summary>The key <c>network</c>.</summary>
    public static Field<StudyPlan> Model { get; } = new Field<StudyPlan, NetworkPlan>("network", "The network and its weights.", NetworkShape, p => p.Network, (p, v) => p with { Network = v }) { IsRequired = true };

    /// <summary>The key <c>quantizer</c>.</summary>
    public static Field<StudyPlan> Quantizers { get; } = new Field<StudyPlan, QuantizerPlan>("quantizer", "The quantizers.", QuantizerShape, p => p.Quantizer, (p, v) => p with { Quantizer = v });

    /// <summary>The key <c>space</c>.</summary>
    public static Field<StudyPlan> Space { get; } = new Field<StudyPlan, SpaceRules>("space", "What is searched.", SpaceShape.Rules, p => p.Space, (p, v) => p with { Space = v }) { IsRequired = true };

    /// <summary>The key <c>training</c>.</summary>
    public static Field<StudyPlan> Training { get; } = new Field<StudyPlan, Recipe>("training", "How each schedule is trained.", RecipeShape.Of(new Recipe()), p => p.Training, (p, v) => p with { Training = v });

    /// <summary>All of them, in their order.</summary>
    public static IReadOnlyList<Field<StudyPlan>> All { get; } = [Seed, Images, Model, Quantizers, Space, Training];
}
