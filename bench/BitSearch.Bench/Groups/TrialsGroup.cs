using BitSearch.Bench.Harness;
using BitSearch.Bench.Work;

namespace BitSearch.Bench.Groups;

/// <summary>
/// Trials a minute of the campaigns in <c>bench/campaigns</c>, each a whole run of the command line from start to report, in
/// a folder of its own.
/// </summary>
internal static class TrialsGroup
{
    private const string Workers = "--workers";

    private static readonly string Cifar10 = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "bitsearch", "cifar-10-batches-bin");

    /// <summary>Opens the group. The warm-up trains the float network of a campaign that has none yet.</summary>
    public static BenchmarkGroup Open()
    {
        var group = new BenchmarkGroup("trials", "Campaigns, from start to report") { Wall = true, Unit = "trials", Per = "min", Rounds = 3, WarmUps = 1 };
        Add(group, "digits", trials: 27);
        if (Directory.Exists(Cifar10))
        {
            Add(group, "cifar10", trials: 8);
        }
        else
        {
            group.Notes.Add($"No campaign on CIFAR-10, which is not in {Cifar10} (docs/data.md).");
        }

        return group;
    }

    private static void Add(BenchmarkGroup group, string campaign, int trials)
    {
        var plan = Path.Combine("bench", "campaigns", $"{campaign}.yaml");
        if (!CommandLine.Offers("run", Workers))
        {
            group.Cases.Add(new BenchmarkCase(campaign, "1 worker", () => Run(plan), trials));
            return;
        }

        group.Cases.Add(new BenchmarkCase(campaign, "1 worker", () => Run(plan, Workers, "1"), trials));
        group.Cases.Add(new BenchmarkCase(campaign, "2 workers", () => Run(plan, Workers, "2"), trials));
        if (group.Ratios.Count == 0)
        {
            group.Ratios.Add(new Ratio("1 worker", "2 workers"));
        }
    }

    private static Measurement Run(string plan, params string[] more)
    {
        var folder = Directory.CreateTempSubdirectory("bitsearch-bench-");
        try
        {
            return CommandLine.Run(["run", plan, "--results", folder.FullName, .. more]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
