using BitSearch.Study;
using BitSearch.Torch.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BitSearch.Torch.Training;

/// <summary>The optimizer that a recipe asks for, in two groups: what decays and what does not.</summary>
public sealed class TrainingOptimizer : IDisposable
{
    private readonly optim.Optimizer _optimizer;

    /// <summary>Creates the optimizer of a network's parameters: its layers' weights decay, biases, norms and step sizes do not.</summary>
    public TrainingOptimizer(Network network, Recipe recipe)
        : this(network.DecayedParameters, network.UndecayedParameters, recipe)
    {
    }

    /// <summary>Creates the optimizer of two groups of parameters; those that want no gradient are left out.</summary>
    internal TrainingOptimizer(IEnumerable<Parameter> decayed, IEnumerable<Parameter> undecayed, Recipe recipe)
    {
        var groups = new[] { (Decay: recipe.WeightDecay, Parameters: Learning(decayed)), (Decay: 0.0, Parameters: Learning(undecayed)) }
            .Where(g => g.Parameters.Count > 0);
        _optimizer = recipe.Optimizer switch
        {
            OptimizerKind.Sgd => optim.SGD(
                groups.Select(g => new SGD.ParamGroup(g.Parameters, recipe.LearningRate, recipe.Momentum, weight_decay: g.Decay)),
                recipe.LearningRate, recipe.Momentum),
            _ => optim.Adam(
                groups.Select(g => new Adam.ParamGroup(g.Parameters, recipe.LearningRate, weight_decay: g.Decay)), recipe.LearningRate),
        };
    }

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

    private static List<Parameter> Learning(IEnumerable<Parameter> parameters) => [.. parameters.Where(p => p.requires_grad)];
}
