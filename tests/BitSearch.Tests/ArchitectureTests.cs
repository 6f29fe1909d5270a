using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace BitSearch.Tests;

/// <summary>Holds the arrows of docs/architecture.md between the folders of src/BitSearch.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        [""] = [],
        ["Space"] = [],
        ["Pareto"] = [],
        ["Trials"] = ["Space", "Pareto"],
        ["Statistics"] = ["Trials"],
        ["Allocation"] = ["Space"],
        ["Search"] = ["Space", "Pareto", "Trials", "Statistics", "Allocation"],
        ["Study"] = ["Space", "Pareto", "Trials", "Statistics", "Allocation", "Search"],
        ["Comparison"] = ["Space", "Pareto", "Trials", "Statistics", "Allocation", "Search"],
        ["Reports"] = ["Space", "Pareto", "Trials", "Statistics", "Allocation", "Search", "Study"],
        ["Ablation"] = ["Space", "Pareto", "Trials", "Statistics", "Allocation", "Search", "Study", "Reports"],
    };

    [Fact]
    public void Every_file_uses_only_what_lies_below_its_folder()
    {
        var files = Directory.EnumerateFiles(Root(), "*.cs", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Root(), f)).Where(f => Path.GetDirectoryName(f) is "" || MayUse.ContainsKey(Path.GetDirectoryName(f)!)).ToList();
        Assert.True(files.Count > 40);
        Assert.Empty(files.SelectMany(Violations));
    }

    [Fact]
    public void Neither_torch_nor_host_is_needed_here() => Assert.Empty(
        typeof(Catalog<>).Assembly.GetReferencedAssemblies().Select(a => a.Name!)
            .Where(name => name != "MathNet.Numerics" && !name.StartsWith("System", StringComparison.Ordinal)).ToList());

    private static IEnumerable<string> Violations(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        var code = string.Join('\n', File.ReadLines(Path.Combine(Root(), file)).Where(l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal)));
        var home = folder.Length == 0 ? "namespace BitSearch;" : $"namespace BitSearch.{folder};";
        return Names().Matches(code).Select(m => m.Groups[1].Value).Distinct()
            .Where(name => name != folder && MayUse.ContainsKey(name) && !MayUse[folder].Contains(name))
            .Select(name => $"{file} uses {name}")
            .Concat(code.Contains(home, StringComparison.Ordinal) ? [] : [$"{file} lacks {home}"]);
    }

    // A namespace is reached by a using directive or by writing it out; implicit usings hold none of ours.
    [GeneratedRegex(@"(?:using (?:static )?BitSearch\.|BitSearch\.|(?<![\w.""'])(?=(?:Space|Pareto|Trials|Allocation|Search|Study|Comparison|Reports|Ablation)\.[A-Z]))(\w+)")]
    private static partial Regex Names();

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../src/BitSearch"));
}
