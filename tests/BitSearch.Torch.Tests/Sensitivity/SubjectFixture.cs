using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Torch.Data;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using BitSearch.Torch.Sensitivity;
using BitSearch.Torch.Tests.Training;

namespace BitSearch.Torch.Tests.Sensitivity;

/// <summary>Small networks with random weights on the embedded digits, to be measured.</summary>
public sealed class SubjectFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    internal static SensitivitySettings Small { get; } = new() { Images = 40, Probes = 3, Steps = 2, LabelledImages = 60 };

    internal static Recipe Recipe { get; } = new() { Batch = 20, LearningRate = 0.01, Subset = 200 };

    internal DataSplits Data { get; } = ToySets.Digits();

    internal string Folder => _folder.Root;

    internal StudyPlan Plan(string network = "lenet5") => new()
    {
        Name = "test",
        Data = new DataPlan("digits"),
        Network = new NetworkPlan(network, network == "lenet5" ? 1 : 0.25),
        Space = new SpaceRules([new Bitwidth(2), new Bitwidth(4), Bitwidth.Full]) { Activations = new ActivationRule(Widths: [new Bitwidth(3), new Bitwidth(8)]) },
        Training = Recipe,
        Arms = [],
    };

    internal SensitivitySubject Subject(StudyPlan plan, SensitivitySettings settings, ulong weightSeed = 3)
    {
        var (factory, spec) = (NetworkFactory.Catalog.Create(plan.Network.Name, "test"), NetworkSpec.Of(plan.Network, (1, 8, 8), 10));
        var path = _folder.PathOf($"{plan.Network.Name}-{weightSeed}.safetensors");
        if (!File.Exists(path))
        {
            using var network = factory.CreateFloat(spec, Nonlinearity.Relu, weightSeed);
            network.Save(path);
        }

        var described = QuantizerPair.Of(plan.Quantizer).Describe(factory.Describe(spec));
        var space = SearchSpace.Of(described, plan.Space, SchedulePattern.Free, []);
        return new SensitivitySubject(plan, SensitivitySubject.Widths([space]), Data, path, settings);
    }

    internal SensitivitySubject Subject(string network = "lenet5") => Subject(Plan(network), Small);

    internal string PathOf(string name) => _folder.PathOf(name);

    public void Dispose()
    {
        Data.Dispose();
        _folder.Dispose();
    }
}
