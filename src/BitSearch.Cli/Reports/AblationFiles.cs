using System.Text;
using BitSearch.Ablation;
using BitSearch.Cli.Reports.Html;
using BitSearch.Reports;

namespace BitSearch.Cli.Reports;

/// <summary>Writes an ablation's folder.</summary>
internal static class AblationFiles
{
    /// <summary>The text, the table of comparisons and the trials: what can be computed again from the trials alone.</summary>
    public static IReadOnlyList<(string Name, byte[] Content)> Tables(string name, AblationResult result, double margin) =>
    [
        ("ablation.md", Encoding.UTF8.GetBytes(AblationText.Markdown(name, result, margin))),
        ("ablation.json", Encoding.UTF8.GetBytes(AblationJson.Text(name, result))),
    ];

    /// <summary>Writes pictures and tables, each beside its name and renamed when whole.</summary>
    /// <returns>The paths written.</returns>
    /// <exception cref="PlanException">The folder cannot be written.</exception>
    public static IReadOnlyList<string> WriteAll(AblationFacts facts, string folder)
    {
        (string Name, byte[] Content)[] pictures =
        [
            ("forest.png", ForestPicture.Png(facts)),
            ("front.png", AblationFrontPicture.Png(facts)),
            ("widths.png", WidthsPicture.Png(facts)),
        ];
        (string Name, byte[] Content)[] files =
        [
            ("trials.csv", Encoding.UTF8.GetBytes(TrialsCsv.Text(facts.Trials, facts.Network))),
            .. Tables(facts.Name, facts.Result, facts.Design.Plan.Margin),
            .. pictures,
            ("environment.json", Bytes(stream => EnvironmentJson.Write(facts.Provenance, stream))),
            ("report.html", Bytes(stream => AblationPage.Write(facts, pictures, stream))),
        ];
        foreach (var (name, content) in files)
        {
            WriteBeside.Write(Path.Combine(folder, name), stream => stream.Write(content));
        }

        return [.. files.Select(f => Path.Combine(folder, f.Name))];
    }

    private static byte[] Bytes(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }
}
