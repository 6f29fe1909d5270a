using BitSearch.Bench.Harness;
using BitSearch.Bench.Work;

namespace BitSearch.Bench.Groups;

/// <summary>How long a person waits for an answer of the command line.</summary>
internal static class StartupGroup
{
    private const string Variant = "BitSearch";

    /// <summary>Opens the group; the warm-up builds the program where that is due.</summary>
    public static BenchmarkGroup Open()
    {
        var group = new BenchmarkGroup("startup", "Start-up of the command line") { Wall = true };
        Add(group, "--help");
        Add(group, "plan", "search-spaces/quickstart.yaml");
        return group;
    }

    private static void Add(BenchmarkGroup group, params string[] arguments) =>
        group.Cases.Add(new BenchmarkCase($"`./bitsearch {string.Join(' ', arguments)}`", Variant, () => CommandLine.Run(arguments)));
}
