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

    /// <summary>Opens the group: builds the command line, and trains the float network of the digits, where that is due.</summary>
    public static BenchmarkGroup Open()
    {
        var group = new BenchmarkGroup("trials", "Campaigns, from start to report") { Wall = true, Unit = "trials", Per = "min", Rounds = 3, WarmUps = 0 };
        CommandLine.Run("train", PlanOf("digits"));
        Add(group, "digits", trials: 27);
        if (Directory.Exists(Cifar10) && File.Exists(Repository.PretrainedResNet20))
        {
            Add(group, "cifar10", trials: 8);
        }
        else
        {
            group.Notes.Add($"No campaign on CIFAR-10: it needs {Cifar10} and {Repository.PretrainedResNet20} (docs/data.md).");
        }

        return group;
    }

    private static void Add(BenchmarkGroup group, string campaign, int trials)
    {
        var plan = PlanOf(campaign);
        if (!CommandLine.Offers("run", Workers))
        {
            group.Cases.Add(new BenchmarkCase(campaign, "1 worker", () => Run(plan, trials), trials));
            return;
        }

        group.Cases.Add(new BenchmarkCase(campaign, "1 worker", () => Run(plan, trials, Workers, "1"), trials));
        group.Cases.Add(new BenchmarkCase(campaign, "2 workers", () => Run(plan, trials, Workers, "2"), trials));
        if (group.Ratios.Count == 0)
        {
            group.Ratios.Add(new Ratio("1 worker", "2 workers"));
        }
    }

    private static string PlanOf(string campaign) => Path.Combine("bench", "campaigns", $"{campaign}.yaml");

    private static Measurement Run(string plan, int trials, params string[] more)
    {
        var folder = Directory.CreateTempSubdirectory("bitsearch-bench-");
        try
        {
            var measured = CommandLine.Run(["run", plan, "--results", folder.FullName, .. more]);
            var table = Directory.GetFiles(folder.FullName, "trials.csv", SearchOption.AllDirectories)[0];
            var found = File.ReadLines(table).Count() - 1;
            return found == trials ? measured : throw new PlanException(plan, $"{found} trials were run", $"{trials}, which rates are computed with");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
