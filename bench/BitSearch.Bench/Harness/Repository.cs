using System.Diagnostics;

namespace BitSearch.Bench.Harness;

/// <summary>The working tree that this program was built in.</summary>
internal static class Repository
{
    /// <summary>Its root folder.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>A path under the root.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The pretrained ResNet-20, which stands beside the repository and not in it (docs/data.md).</summary>
    public static string PretrainedResNet20 { get; } = Path.GetFullPath(PathOf("..", "shared", "data", "pretrained", "resnet20-cifar10.safetensors"));

    /// <summary>The commit, with <c>-dirty</c> where files other than results are changed; null without git.</summary>
    public static string? Commit() => Git("rev-parse", "--short=10", "HEAD") is { } commit
        ? commit + (Git("status", "--porcelain", "--", ".", ":!results") is "" ? "" : "-dirty")
        : null;

    private static string? Git(params string[] arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", arguments)
            {
                WorkingDirectory = Root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var answer = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return git.ExitCode == 0 ? answer : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string Find(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "BitSearch.sln")))
            {
                return at.FullName;
            }
        }

        throw new PlanException(folder, "no BitSearch.sln in this folder or above it", "run the benchmarks inside the repository: make bench");
    }
}
