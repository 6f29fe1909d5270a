using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Torch.Search;

/// <summary>
/// An agent that learns widths from what whole schedules were worth, episode after episode, as HAQ does (Wang et al. 2019).
/// What it does is a function of its seed and of the episodes that it has seen.
/// </summary>
/// <param name="walk">The decisions of a schedule, at least one.</param>
/// <param name="seed">The networks' initial weights and the batches.</param>
internal sealed class ScheduleLearner(LayerWalk walk, Seed seed) : IDisposable
{
    /// <summary>Episodes at random, from which nothing is learned until they are complete.</summary>
    public const int WarmUp = 20;

    private const int Updates = 8; // An episode.
    private const int Remembered = 128; // Episodes.
    private const double RewardScale = 0.1;
    private const double FirstDeviation = 0.5;
    private const double LastDeviation = 0.01;
    private const double Decay = 0.96; // A trial.

    private readonly DdpgAgent _agent = new(LayerWalk.Features, new DdpgSettings(), seed.Stream("networks"));
    private readonly List<Transition> _memory = [];
    private int _episode;

    /// <summary>Sees how an episode ended, and learns once it is warm.</summary>
    /// <param name="schedule">The schedule that was evaluated.</param>
    /// <param name="errorRate">Its error: the reward is HAQ's, less a constant that the baseline takes away anyway.</param>
    /// <param name="learns">Whether there is time to learn now, and not only to remember.</param>
    public void Observe(Schedule schedule, double errorRate, bool learns = true)
    {
        _memory.AddRange(walk.Episode(schedule, -RewardScale * errorRate));
        _memory.RemoveRange(0, Math.Max(0, _memory.Count - (Remembered * walk.Steps)));
        if (learns && _episode >= WarmUp)
        {
            var random = seed.Stream("batches", _episode);
            for (var i = 0; i < Updates; i++)
            {
                _agent.Update(_memory, random);
            }
        }

        _episode++;
    }

    /// <summary>What it would try next.</summary>
    /// <param name="trials">How many there were: the first are at random, and then the noise decays.</param>
    /// <param name="random">The noise.</param>
    public Schedule Explore(int trials, Random random)
    {
        var deviation = Math.Max(LastDeviation, FirstDeviation * Math.Pow(Decay, trials - WarmUp));
        return walk.Walk(state => trials < WarmUp ? random.NextDouble() : TruncatedNormal.Draw(_agent.Action(state), deviation, random));
    }

    /// <summary>Frees the networks.</summary>
    public void Dispose() => _agent.Dispose();
}
