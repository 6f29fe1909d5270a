using BitSearch.Search;
using BitSearch.Space;

namespace BitSearch.Torch.Search;

/// <summary>
/// A schedule as an episode: the widths that are open are decided one after another in order of depth, and each decision sees
/// ten features of its layer. These are HAQ's (Wang et al. 2019, section 3.1) with MACs in place of the stride, which the
/// description of a network does not tell: place, depthwise or not, channels in and out, kernel, side of the input, elements,
/// MACs, weights or activations, and the action before. All but the last are scaled to 0..1 over the network.
/// </summary>
internal sealed class LayerWalk
{
    /// <summary>The length of a state.</summary>
    public const int Features = 10;

    private readonly IReadOnlyList<WidthChoice> _choices;
    private readonly int[] _open; // The choices with more than one width.
    private readonly float[][] _features;

    /// <summary>Reads the features off a space.</summary>
    public LayerWalk(SearchSpace space)
    {
        _choices = WidthChoice.Of(space);
        _open = [.. Enumerable.Range(0, _choices.Count).Where(i => _choices[i].Widths.Count > 1)];
        _features = Scaled([.. _open.Select(i => Described(space.Network, space.Network.Points[_choices[i].Points[0]], i))]);
    }

    /// <summary>The decisions of an episode.</summary>
    public int Steps => _open.Length;

    /// <summary>Walks once through all decisions.</summary>
    /// <param name="act">The action, 0 to 1, in a state. The widths share 0..1 equally, the narrowest from 0.</param>
    public Schedule Walk(Func<float[], double> act)
    {
        var (places, before) = (new int[_choices.Count], 1f);
        for (var step = 0; step < Steps; step++)
        {
            var widths = _choices[_open[step]].Widths.Count;
            var place = Math.Min(widths - 1, (int)(act(State(step, before)) * widths));
            (places[_open[step]], before) = (place, Middle(place, widths));
        }

        return WidthChoice.Schedule(_choices, places);
    }

    /// <summary>The episode that leads to a schedule: each action is the middle of those that give the width.</summary>
    /// <param name="schedule">A schedule of the space.</param>
    /// <param name="reward">What it was worth, the same for each decision.</param>
    public IEnumerable<Transition> Episode(Schedule schedule, double reward)
    {
        var actions = _open.Select(i => Middle(_choices[i].Widths.ToList().IndexOf(schedule[_choices[i].Points[0]]), _choices[i].Widths.Count)).ToList();
        var states = Enumerable.Range(0, Steps).Select(i => State(i, i == 0 ? 1 : actions[i - 1])).ToList();
        return Enumerable.Range(0, Steps).Select(i => new Transition(states[i], actions[i], (float)reward, i + 1 < Steps ? states[i + 1] : null));
    }

    private static float Middle(int place, int widths) => (place + 0.5f) / widths;

    private static float[] Described(NetworkDescription network, QuantizationPoint point, int place)
    {
        var layer = network.Points.Where(p => p.Layer == point.Layer).ToList();
        var weight = layer.Find(p => p.Kind == PointKind.Weight)?.Shape ?? [1, 1];
        var input = layer.Find(p => p.Kind == PointKind.Activation)?.Shape ?? [1];
        var (channelsIn, channelsOut, kernel) = (weight[1], weight[0], weight.Count > 2 ? weight[2] : 1);
        var depthwise = kernel > 1 && channelsIn == 1 && channelsOut > 1 && input[0] > 1;
        return [
            place, depthwise ? 1 : 0, channelsIn, channelsOut, kernel, input.Count > 1 ? input[1] : 1,
            point.Elements, point.Macs, point.Kind == PointKind.Weight ? 1 : 0];
    }

    private static float[][] Scaled(float[][] features)
    {
        for (var f = 0; f < Features - 1 && features.Length > 0; f++)
        {
            var (least, most) = (features.Min(x => x[f]), features.Max(x => x[f]));
            foreach (var x in features)
            {
                x[f] = most > least ? (x[f] - least) / (most - least) : 0;
            }
        }

        return features;
    }

    private float[] State(int step, float before) => [.. _features[step], before];
}
