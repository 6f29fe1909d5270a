using BitSearch.Study;
using BitSearch.Torch.Data;

namespace BitSearch.Torch.Training;

/// <summary>The rungs from which a training is looked at. Looking changes nothing in it.</summary>
/// <param name="Rungs">In the order of climbing: proxy and start before the first step, then ascending steps.</param>
/// <param name="Images">What errors are read on.</param>
/// <param name="GoesOn">Asked at each rung, with its place from 0 and its score, smaller is better.</param>
public sealed record TrainingLadder(EquatableArray<Rung> Rungs, ImageSet Images, Func<int, double, bool> GoesOn);

/// <summary>One training's way up a ladder.</summary>
/// <param name="ladder">The ladder; null: there is none.</param>
/// <param name="proxy">The score without training.</param>
/// <param name="error">The error rate on images, with BatchNorm re-estimated.</param>
internal sealed class Climb(TrainingLadder? ladder, Func<double> proxy, Func<ImageSet, double> error)
{
    private int _next;

    /// <summary>Takes the rungs that are due after so many steps.</summary>
    /// <returns>Whether the training goes on.</returns>
    public bool At(int step)
    {
        while (ladder is not null && _next < ladder.Rungs.Count && ladder.Rungs[_next] is var rung && rung.Steps == step)
        {
            var score = rung.Kind == RungKind.Proxy ? proxy() : error(ladder.Images);
            if (!ladder.GoesOn(_next++, score))
            {
                return false;
            }
        }

        return true;
    }
}
