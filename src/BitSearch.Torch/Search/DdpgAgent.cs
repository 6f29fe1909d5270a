using BitSearch.Study;
using BitSearch.Torch.Training;
using static TorchSharp.torch;

namespace BitSearch.Torch.Search;

/// <summary>
/// Deep deterministic policy gradients (Lillicrap et al. 2016) for one action from 0 to 1, as HAQ uses them (Wang et al. 2019,
/// its published code): rewards less a moving average, a critic that learns the value of an action, an actor that climbs it,
/// and targets that follow both slowly.
/// </summary>
internal sealed class DdpgAgent : IDisposable
{
    private static readonly Recipe Adam = new() { Optimizer = OptimizerKind.Adam, WeightDecay = 0 };

    private readonly DdpgSettings _settings;
    private readonly int _features;
    private readonly Perceptron _actor, _actorTarget, _critic, _criticTarget;
    private readonly TrainingOptimizer _actorOptimizer, _criticOptimizer;
    private double? _baseline;

    /// <summary>Creates an agent that has learned nothing.</summary>
    /// <param name="features">The length of a state.</param>
    /// <param name="settings">Its numbers.</param>
    /// <param name="random">The initial weights.</param>
    public DdpgAgent(int features, DdpgSettings settings, Random random)
    {
        (_features, _settings) = (features, settings);
        using var scope = new TensorScope();
        _actor = new Perceptron(features, settings.Hidden, random);
        _critic = new Perceptron(features + 1, settings.Hidden, random);
        (_actorTarget, _criticTarget) = (_actor.Copy(), _critic.Copy());
        _actorOptimizer = new TrainingOptimizer([_actor.Values], [], Adam);
        _criticOptimizer = new TrainingOptimizer([_critic.Values], [], Adam);
    }

    /// <summary>What it does in a state, 0 to 1, without exploration.</summary>
    public double Action(float[] state)
    {
        using var scope = new TensorScope();
        using var without = no_grad();
        return Act(_actor, tensor(state).view(1, _features)).item<float>();
    }

    /// <summary>One update of all networks from a batch that is drawn with replacement.</summary>
    /// <param name="memory">At least one transition.</param>
    /// <param name="random">Draws the batch.</param>
    public void Update(List<Transition> memory, Random random)
    {
        using var scope = new TensorScope();
        var batch = Drawn(memory, random);
        var (states, actions, rewards) = (Columns(batch, 0, _features), Columns(batch, _features, 1), Columns(batch, _features + 1, 1));
        var (goesOn, next) = (Columns(batch, _features + 2, 1), Columns(batch, _features + 3, _features));
        Tensor goal;
        using (no_grad())
        {
            var rest = _criticTarget.Of(Joined(next, Act(_actorTarget, next)));
            goal = rewards.Plus(goesOn.mul(rest).Times(_settings.Discount));
        }

        _criticOptimizer.Step(_critic.Of(Joined(states, actions)).Minus(goal).Squared().mean(), _settings.CriticRate);
        _actorOptimizer.Step(_critic.Of(Joined(states, Act(_actor, states)), frozen: true).mean().neg(), _settings.ActorRate);
        _actorTarget.Follow(_actor, _settings.Tau);
        _criticTarget.Follow(_critic, _settings.Tau);
    }

    /// <summary>Frees the networks.</summary>
    public void Dispose()
    {
        foreach (var owned in (IDisposable[])[_actor, _actorTarget, _critic, _criticTarget, _actorOptimizer, _criticOptimizer])
        {
            owned.Dispose();
        }
    }

    private static Tensor Act(Perceptron actor, Tensor states) => actor.Of(states).sigmoid();

    private static Tensor Joined(Tensor states, Tensor actions) => cat([states, actions], 1);

    private static Tensor Columns(Tensor batch, int from, int count) => batch.narrow(1, from, count);

    // A row: state, action, reward less the baseline, 1 if there is a next state, the next state.
    private Tensor Drawn(List<Transition> memory, Random random)
    {
        var drawn = Enumerable.Range(0, _settings.Batch).Select(_ => memory[random.Next(memory.Count)]).ToList();
        var mean = drawn.Average(t => (double)t.Reward);
        _baseline = _baseline is { } old ? old + (_settings.BaselineRate * (mean - old)) : mean;
        var width = (2 * _features) + 3;
        var rows = new float[drawn.Count * width];
        foreach (var (transition, i) in drawn.Select((t, i) => (t, i)))
        {
            var row = rows.AsSpan(i * width, width);
            transition.State.CopyTo(row);
            row[_features] = transition.Action;
            row[_features + 1] = transition.Reward - (float)_baseline.Value;
            row[_features + 2] = transition.Next is null ? 0 : 1;
            transition.Next?.CopyTo(row[(_features + 3)..]);
        }

        return tensor(rows).view(drawn.Count, width);
    }
}
