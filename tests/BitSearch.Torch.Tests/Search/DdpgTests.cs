using BitSearch.Space;
using BitSearch.Tests;
using BitSearch.Torch.Search;
using BitSearch.Trials;
using MathNet.Numerics.Distributions;
using TorchSharp;

namespace BitSearch.Torch.Tests.Search;

/// <summary>The parts of reinforcement learning by themselves.</summary>
public sealed class DdpgTests
{
    [Fact]
    public void A_perceptron_is_its_formula()
    {
        using var perceptron = new Perceptron(2, 3, new SeededRandom(1));
        using var scope = new TensorScope();
        var w = perceptron.Values.data<float>().ToArray();
        float[] x = [0.3f, -0.7f];

        // Three by two weights, three biases; three by three, three; one by three, one.
        var first = Layer(x, w, 0, 3).Select(v => Math.Max(0, v)).ToArray();
        var second = Layer(first, w, 9, 3).Select(v => Math.Max(0, v)).ToArray();
        Assert.Equal(25, w.Length);
        Assert.Equal(Layer(second, w, 21, 1)[0], perceptron.Of(torch.tensor(x).view(1, 2)).item<float>(), 1e-6f);

        static float[] Layer(float[] input, float[] all, int from, int outputs) => [.. Enumerable.Range(0, outputs).Select(o =>
            input.Select((v, i) => v * all[from + (o * input.Length) + i]).Sum() + all[from + (outputs * input.Length) + o])];
    }

    [Fact]
    public void An_agent_finds_the_best_action_of_a_state()
    {
        // Worth most at 0.8 in the one state and at 0.3 in the other.
        var random = new SeededRandom(1);
        var memory = Enumerable.Range(0, 500).Select(i => (State: i % 2, Action: random.NextDouble())).Select(m => new Transition(
            [m.State, 1 - m.State], (float)m.Action, (float)-Math.Pow(m.Action - (m.State == 0 ? 0.8 : 0.3), 2), null)).ToList();
        using var agent = new DdpgAgent(2, new DdpgSettings { ActorRate = 1e-3, CriticRate = 1e-2 }, new SeededRandom(2));
        for (var i = 0; i < 600; i++)
        {
            agent.Update(memory, random);
        }

        Assert.InRange(agent.Action([0, 1]), 0.7, 0.9);
        Assert.InRange(agent.Action([1, 0]), 0.2, 0.4);
    }

    [Fact]
    public void An_episode_leads_back_to_its_schedule()
    {
        var rules = new SpaceRules(TestNetworks.Bits(2, 3, 4, 8))
        {
            Activations = new ActivationRule(Widths: TestNetworks.Bits(4, 8)),
            First = new RoleRule(Pinned: new Bitwidth(8)),
            Last = new RoleRule(Floor: new Bitwidth(4)),
        };
        var space = SearchSpace.Of(TestNetworks.ResNet20(), rules, SchedulePattern.Free, []);
        var (walk, random) = (new LayerWalk(space), new SeededRandom(1));
        for (var i = 0; i < 20; i++)
        {
            var schedule = space.Sample(random)!;
            var episode = walk.Episode(schedule, -0.25).ToList();
            var step = 0;
            Assert.Equal(schedule, walk.Walk(state =>
            {
                Assert.Equal(episode[step].State, state);
                return episode[step++].Action;
            }));
            Assert.Equal(walk.Steps, episode.Count);
            Assert.All(episode, t => Assert.All(t.State, f => Assert.InRange(f, 0, 1)));
            Assert.Null(episode[^1].Next);
            Assert.All(episode.Zip(episode.Skip(1)), p => Assert.Equal(p.Second.State, p.First.Next));
        }
    }

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(0.1, 0.3)]
    [InlineData(1.0, 0.05)]
    public void Truncated_normal_numbers_have_its_mean(double mean, double deviation)
    {
        var random = new SeededRandom(1);
        var drawn = Enumerable.Range(0, 20_000).Select(_ => TruncatedNormal.Draw(mean, deviation, random)).ToList();
        Assert.All(drawn, d => Assert.InRange(d, 0, 1));
        var (a, b) = (-mean / deviation, (1 - mean) / deviation);
        var expected = mean + (deviation * (Normal.PDF(0, 1, a) - Normal.PDF(0, 1, b)) / (Normal.CDF(0, 1, b) - Normal.CDF(0, 1, a)));
        Assert.Equal(expected, drawn.Average(), 0.01);
    }
}
