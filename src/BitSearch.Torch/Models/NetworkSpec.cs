using BitSearch.Study;

namespace BitSearch.Torch.Models;

/// <summary>What a network is made for.</summary>
/// <param name="Input">The image's <c>[c, h, w]</c>.</param>
/// <param name="Classes">The number of classes, at least 2.</param>
/// <param name="WidthMultiplier">The factor on every layer's channels, above 0; 1 is the published network.</param>
public sealed record NetworkSpec(EquatableArray<long> Input, int Classes, double WidthMultiplier = 1)
{
    /// <summary>What a plan asks for.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="shape">The images' channels, height and width.</param>
    /// <param name="classes">The number of classes.</param>
    public static NetworkSpec Of(NetworkPlan plan, (int Channels, int Height, int Width) shape, int classes) =>
        new([shape.Channels, shape.Height, shape.Width], classes, plan.Width);

    /// <summary>Channels times the multiplier, rounded half up, at least 1.</summary>
    public int Scaled(int channels) => (int)Math.Max(1, Math.Floor((channels * WidthMultiplier) + 0.5));

    /// <summary>What is wrong with it.</summary>
    internal IEnumerable<Problem> Check(string place)
    {
        if (Input.Count != 3 || Input.Any(side => side is < 1 or > 4096))
        {
            yield return new Problem(place, $"the images have the sides [{string.Join(", ", Input)}]", "three sides [c, h, w] from 1 to 4096");
        }

        if (Classes is < 2 or > 100_000)
        {
            yield return new Problem(place, $"there are {Classes} classes", "2 to 100000");
        }

        if (!(WidthMultiplier is > 0 and <= 64))
        {
            yield return new Problem(place, FormattableString.Invariant($"the width multiplier is {WidthMultiplier}"), "above 0 and at most 64");
        }
    }
}
