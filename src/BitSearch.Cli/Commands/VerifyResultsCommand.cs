using System.CommandLine;
using BitSearch.Cli.Reports;

namespace BitSearch.Cli.Commands;

/// <summary><c>bitsearch verify-results</c>.</summary>
internal static class VerifyResultsCommand
{
    private const string Quote = "```text results/";

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "The folder that holds a folder for each study and ablation.", DefaultValueFactory = _ => Shared.DefaultResults };
        var quoting = new Option<string[]>("--quoted-in")
        {
            Description = $"Text files that quote results: each line of a block that begins with {Quote}FILE must stand in that file. May be given several times.",
            HelpName = "FILE",
            DefaultValueFactory = _ => [],
        };
        var command = new Command("verify-results", "Compute every table again from the stored trials and compare. Needs no images and no weights.") { folder, quoting };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(folder), parsed.GetRequiredValue(quoting)));
        return command;
    }

    private static int Run(string folder, IReadOnlyList<string> quoting)
    {
        if (!Directory.Exists(folder))
        {
            throw new PlanException(folder, "there is no such folder", "a folder of results");
        }

        var differences = new List<string>();
        foreach (var one in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            foreach (var found in new[] { StoredTables.Check(one) ?? StoredAnswers.Check(one), StoredPairs.Check(one) }.OfType<(string Checked, IReadOnlyList<string> Differences)>())
            {
                Console.WriteLine($"{one}: {found.Checked}: {(found.Differences.Count == 0 ? "the same" : Show.Count(found.Differences.Count, "difference"))}");
                differences.AddRange(found.Differences);
            }
        }

        foreach (var file in quoting)
        {
            var (lines, wrong) = Quotes(file, Path.GetDirectoryName(Path.GetFullPath(folder))!);
            Console.WriteLine($"{file}: {Show.Count(lines, "quoted line")}: {(wrong.Count == 0 ? "the same" : Show.Count(wrong.Count, "difference"))}");
            differences.AddRange(wrong);
        }

        return differences.Count == 0 ? 0 : throw new PlanException(
            differences.Select(d => new Problem("results", d, "run the command that made it again, or mend the text")).ToArray());
    }

    private static (int Lines, IReadOnlyList<string> Wrong) Quotes(string file, string root)
    {
        var (lines, wrong, source) = (0, new List<string>(), (HashSet<string>?)null);
        if (!File.Exists(file))
        {
            throw new PlanException(file, "there is no such file", "a text that quotes results");
        }

        foreach (var line in File.ReadLines(file))
        {
            if (source is null && line.StartsWith(Quote, StringComparison.Ordinal))
            {
                var path = Path.Combine(root, line["```text ".Length..].Trim());
                source = File.Exists(path) ? [.. File.ReadLines(path).Select(l => l.Trim())] : [];
            }
            else if (source is not null && line.StartsWith("```", StringComparison.Ordinal))
            {
                source = null;
            }
            else if (source is not null && line.Trim().Length > 0)
            {
                lines++;
                if (!source.Contains(line.Trim()))
                {
                    wrong.Add($"{file} quotes '{line.Trim()}', which is not there");
                }
            }
        }

        return (lines, wrong);
    }
}
