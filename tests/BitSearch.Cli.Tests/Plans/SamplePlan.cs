using BitSearch.Cli.Plans;

namespace BitSearch.Cli.Tests.Plans;

/// <summary>A plan in which everything is said, to be changed line by line.</summary>
internal static class SamplePlan
{
    public const string Text = """
        study: sample
        seed: 7
        data: { name: cifar10, validation: 4000, folder: images }
        network:
          name: resnet20
          width: 0.5
          baseline: { learningRate: 0.1, epochs: 3 }
        quantizer: { weights: lsq, activations: lsq, perChannel: true }
        space:
          widths: [4, 1, 2]
          activations: { widths: [4, 8] }
          first: { pinned: 8 }
          last: { floor: 2 }
          overrides:
            - { match: "layer3.*", widths: [1, 2], patterns: [free] }
        budget: { limit: 0.25x, of: weights, report: [0.20x] }
        training: { from: shared, optimizer: adam, learningRate: 1e-3, schedule: constant, steps: 40, batch: 64, flip: true, crop: 4 }
        arms:
          - { name: down, pattern: decreasing, proposer: random, trials: 20 }
          - { name: any, pattern: free, proposer: exhaustive, trials: 5 }
        repeats: 2
        finalists: 3
        lookahead: 4
        ladder: { rungs: [proxy, start, { steps: 10 }], keep: 0.25, audit: 0.2, tau: 0.3, images: 500 }
        shared: { recipe: { learningRate: 0.02, steps: 100 }, random: 3 }
        """;

    public static PlannedStudy Parse(string text) => PlanFile.Parse(text, "plan.yaml", "/plans");

    /// <summary>The sample with one piece of text replaced.</summary>
    public static string With(string old, string @new)
    {
        Assert.Contains(old, Text, StringComparison.Ordinal);
        return Text.Replace(old, @new, StringComparison.Ordinal);
    }

    public static IEnumerable<string> Mistakes(string text) =>
        Assert.Throws<PlanException>(() => Parse(text)).Problems.Select(p => p.ToString());
}
