using BitSearch.Study;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BitSearch.Torch.Training;

/// <summary>The optimizer that a recipe asks for, in two groups: what decays and what does not.</summary>
public sealed class TrainingOptimizer : IDisposable
{
    private readonly optim.Optimizer _optimizer;

    /// <summary>Creates the optimizer of all parameters that want a gradient.</summary>
    public TrainingOptimizer(nn.Module network, Recipe recipe)
    {
        var wanting = network.named_parameters().Where(p => p.parameter.requires_grad)
            .ToLookup(p => Decays(p.name, p.parameter), p => p.parameter);
        var groups = new[] { (Decay: recipe.WeightDecay, Parameters: wanting[true]), (Decay: 0.0, Parameters: wanting[false]) }
            .Where(g => g.Parameters.Any());
        _optimizer = recipe.Optimizer switch
        {
            OptimizerKind.Sgd => optim.SGD(
                groups.Select(g => new SGD.ParamGroup(g.Parameters, recipe.LearningRate, recipe.Momentum, weight_decay: g.Decay)),
                recipe.LearningRate, recipe.Momentum),
            _ => optim.Adam(
                groups.Select(g => new Adam.ParamGroup(g.Parameters, recipe.LearningRate, weight_decay: g.Decay)), recipe.LearningRate),
        };
    }

    /// <summary>
    /// Whether weight decay pulls at a parameter: weights of convolutions and linear layers alone. Biases, norms and step
    /// sizes have fewer than two sides or another name.
    /// </summary>
    /// <param name="name">PyTorch's name, <c>layer1.0.conv1.weight</c>.</param>
    /// <param name="parameter">The parameter.</param>
    public static bool Decays(string name, Tensor parameter) =>
        parameter.dim() >= 2 && (name == "weight" || name.EndsWith(".weight", StringComparison.Ordinal));

    /// <summary>One step down the gradient of <paramref name="loss"/>.</summary>
    /// <param name="loss">A scalar with a graph.</param>
    /// <param name="rate">The learning rate of this step, of all groups.</param>
    public void Step(Tensor loss, double rate)
    {
        foreach (var group in _optimizer.ParamGroups)
        {
            group.LearningRate = rate;
        }

        _optimizer.zero_grad();
        loss.backward();
        _optimizer.step();
    }

    /// <summary>Frees momenta; the parameters stay.</summary>
    public void Dispose() => _optimizer.Dispose();
}
