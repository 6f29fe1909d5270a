using BitSearch.Study;

namespace BitSearch.Cli.Studies;

/// <summary>What a recipe asks of the training images can be had from them: nothing is cut silently.</summary>
internal static class RecipeLimits
{
    /// <summary>Every part of a plan's recipes that asks for more images than there are.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="images">The training images.</param>
    public static IEnumerable<Problem> Check(StudyPlan plan, int images) =>
    [
        .. Check("training", plan.Training, images),
        .. plan.Network.Baseline is { } baseline ? Check("network.baseline", baseline, images) : [],
        .. plan.Shared is { } shared ? Check("shared.recipe", shared.Recipe, images) : [],
    ];

    private static IEnumerable<Problem> Check(string place, Recipe recipe, int images)
    {
        if (recipe.Subset > images)
        {
            yield return new Problem($"{place}.subset", $"{Show(recipe.Subset.Value)} images are asked for, the training split has {Show(images)}", $"at most {Show(images)}, or no subset for all of them");
        }

        var used = Math.Min(recipe.Subset ?? images, images);
        if (recipe.Batch > used)
        {
            yield return new Problem($"{place}.batch", $"{Show(recipe.Batch)} images a step are more than the {Show(used)} that are trained on", $"at most {Show(used)}");
        }
    }

    private static string Show(int count) => Reports.Show.Count(count);
}
