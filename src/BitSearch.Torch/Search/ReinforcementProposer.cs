using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Torch.Search;

/// <summary>
/// Reinforcement learning as in HAQ (Wang et al. 2019): an actor walks through the layers and chooses each one's width
/// (<see cref="LayerWalk"/>), explores by normal noise that decays, and learns from what whole schedules were worth
/// (<see cref="DdpgAgent"/>). The first twenty trials choose at random. A proposal over budget is left to be repaired
/// (<see cref="RepairRule.LastLayerFirst"/> is HAQ's way), and the schedule that was evaluated is learned from.
/// </summary>
/// <remarks>
/// Nothing is kept between proposals: networks, memory and baseline are trained anew from the completed trials in the order of
/// their numbers, from a seed that follows from the first trial. So each proposal's agent has seen what the last one's had, and
/// what has completed since. To keep that under a second, networks have 64 neurons a hidden layer (HAQ: 300), an episode
/// brings eight updates (HAQ: one a layer), and only the last hundred episodes bring any. The noise decays by 0.96 a trial (HAQ:
/// 0.99), since a study has a hundred episodes and not six hundred.
/// </remarks>
[Component("reinforcement")]
public sealed class ReinforcementProposer : IProposer
{
    private const int LearningEpisodes = 100;

    /// <inheritdoc/>
    public Schedule? Propose(SearchSpace space, TrialHistory history, Measurements measured, Random random)
    {
        var walk = new LayerWalk(space);
        if (walk.Steps == 0)
        {
            return space.Sample(random, history.Schedules);
        }

        var seed = new Seed(0).Derive(history.Trials.FirstOrDefault()?.Schedule.ToString() ?? "");
        using var learner = new ScheduleLearner(walk, new Seed(seed));
        var scores = history.Count < ScheduleLearner.WarmUp ? [] : history.Scores;
        for (var i = 0; i < scores.Count; i++)
        {
            learner.Observe(scores[i].Schedule, scores[i].MeanErrorRate, learns: i >= scores.Count - LearningEpisodes);
        }

        return learner.Explore(history.Count, random);
    }
}
