using System.Text;
using BitSearch.Comparison;
using BitSearch.Space;

namespace BitSearch.Cli.Reports;

/// <summary>Writes a comparison's folder.</summary>
internal static class ComparisonFiles
{
    /// <summary>Writes pictures and tables, each beside its name and renamed when whole; <c>comparison.json</c> last.</summary>
    /// <returns>The paths written.</returns>
    /// <exception cref="PlanException">The folder cannot be written.</exception>
    public static IReadOnlyList<string> WriteAll(ComparisonResult result, string folder)
    {
        List<(string Name, byte[] Content)> files =
        [
            .. result.Problems.Select(p => ($"{Name(result, p.Case)}.png", ComparisonPicture.Png(result, p.Case))),
            ("comparison.csv", Encoding.UTF8.GetBytes(ComparisonCsv.Runs(result))),
            ("curves.csv", Encoding.UTF8.GetBytes(ComparisonCsv.Curves(result))),
            ("summary.md", Encoding.UTF8.GetBytes(ComparisonText.Markdown(result))),
            ("comparison.json", Encoding.UTF8.GetBytes(ComparisonJson.Text(result))),
        ];
        foreach (var (name, content) in files)
        {
            WriteBeside.Write(Path.Combine(folder, name), stream => stream.Write(content));
        }

        return [.. files.Select(f => Path.Combine(folder, f.Name))];
    }

    private static string Name(ComparisonResult result, ComparisonCase @case) =>
        result.Design.Patterns.Count == 1 ? @case.Problem : $"{@case.Problem}-{@case.Pattern.Name()}";
}
