using BitSearch.Study;
using BitSearch.Torch.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BitSearch.Torch.Training;

/// <summary>
/// The optimizer that a recipe asks for, in two groups: what decays and what does not. SGD with momentum as PyTorch has it,
/// or Adam (Kingma and Ba 2015: 0.9, 0.999, 1e-8) with the decay added to the gradient. Our own, because TorchSharp's let the
/// garbage collector take their numbers from libtorch (see <see cref="Numbers"/>).
/// </summary>
public sealed class TrainingOptimizer : IDisposable
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private readonly Recipe _recipe;
    private readonly List<Slot> _slots;
    private int _steps;

    /// <summary>Creates the optimizer of a network's parameters: see <see cref="Network.DecayedParameters"/>.</summary>
    public TrainingOptimizer(Network network, Recipe recipe)
        : this(network.DecayedParameters, network.UndecayedParameters, recipe)
    {
    }

    /// <summary>Creates the optimizer of two groups of parameters; those that want no gradient are left out.</summary>
    internal TrainingOptimizer(IEnumerable<Parameter> decayed, IEnumerable<Parameter> undecayed, Recipe recipe)
    {
        _recipe = recipe;
        _slots = [.. decayed.Select(p => (p, recipe.WeightDecay)).Concat(undecayed.Select(p => (p, 0.0)))
            .Select((s, place) => (s.p, s.Item2, place)).Where(s => s.p.requires_grad)
            .Select(s => new Slot(s.p, s.place, s.Item2, Zeros(s.p), recipe.Optimizer == OptimizerKind.Adam ? Zeros(s.p) : null))];
    }

    /// <summary>One step down the gradient of <paramref name="loss"/>.</summary>
    /// <param name="loss">A scalar with a graph.</param>
    /// <param name="rate">The learning rate of this step, of all groups.</param>
    public void Step(Tensor loss, double rate)
    {
        using var scope = new TensorScope();
        foreach (var slot in _slots)
        {
            slot.Parameter.grad?.zero_();
        }

        loss.backward();
        Descend(slot => slot.Parameter.grad, rate);
    }

    /// <summary>One step down the mean of several gradients, added in their order.</summary>
    /// <param name="gradients">For each loss the gradients by parameter, decayed ones first; null: none. Disposed.</param>
    /// <param name="rate">The learning rate.</param>
    internal void Descend(IReadOnlyList<Tensor?[]> gradients, double rate)
    {
        using var scope = new TensorScope();
        var share = 1.0 / gradients.Count;
        Descend(slot => Mean(gradients.Select(g => g[slot.Place])), rate);
        foreach (var gradient in gradients.SelectMany(g => g))
        {
            gradient?.Dispose();
        }

        Tensor? Mean(IEnumerable<Tensor?> all) => all.OfType<Tensor>().Aggregate((Tensor?)null, (sum, g) => sum?.Plus(g) ?? g)?.Times(share);
    }

    private void Descend(Func<Slot, Tensor?> gradientOf, double rate)
    {
        _steps++;
        using var without = no_grad();
        foreach (var slot in _slots)
        {
            if (gradientOf(slot) is { } gradient)
            {
                var decayed = slot.Decay == 0 ? gradient : gradient.add(slot.Parameter, Numbers.Of(slot.Decay));
                Descend(slot, decayed, rate);
            }
        }
    }

    /// <summary>Frees momenta; the parameters stay.</summary>
    public void Dispose()
    {
        foreach (var slot in _slots)
        {
            slot.First.Dispose();
            slot.Second?.Dispose();
        }
    }

    private static Tensor Zeros(Parameter parameter)
    {
        using var without = no_grad();
        return zeros_like(parameter).DetachFromDisposeScope();
    }

    // Numbers that change with the step are made, and freed, here: Numbers keeps what it is asked for.
    private void Descend(Slot slot, Tensor gradient, double rate)
    {
        if (slot.Second is null)
        {
            using Scalar down = -rate;
            slot.First.mul_(Numbers.Of(_recipe.Momentum)).add_(gradient, Numbers.Of(1));
            slot.Parameter.add_(slot.First, down);
            return;
        }

        using Scalar step = -rate / (1 - Math.Pow(Beta1, _steps));
        using Scalar correction = Math.Sqrt(1 - Math.Pow(Beta2, _steps));
        slot.First.mul_(Numbers.Of(Beta1)).add_(gradient, Numbers.Of(1 - Beta1));
        slot.Second.mul_(Numbers.Of(Beta2)).addcmul_(gradient, gradient, Numbers.Of(1 - Beta2));
        var size = slot.Second.sqrt().div_(correction).add_(Numbers.Of(Epsilon), Numbers.Of(1));
        slot.Parameter.addcdiv_(slot.First, size, step);
    }

    /// <param name="Parameter">What learns.</param>
    /// <param name="Place">Its place among all.</param>
    /// <param name="Decay">The L2 penalty's factor.</param>
    /// <param name="First">SGD's momentum, or the gradient's mean.</param>
    /// <param name="Second">Adam's mean of the squared gradient.</param>
    private sealed record Slot(Parameter Parameter, int Place, double Decay, Tensor First, Tensor? Second);
}
