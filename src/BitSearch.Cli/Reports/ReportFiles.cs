using System.Reflection;
using BitSearch.Reports;

namespace BitSearch.Cli.Reports;

/// <summary>Writes a study's results folder.</summary>
internal static class ReportFiles
{
    /// <summary>All formats: those of the library and those of the command line.</summary>
    public static Catalog<IReportWriter> Formats { get; } = new(typeof(IReportWriter).Assembly, Assembly.GetExecutingAssembly());

    /// <summary>Writes every format that has something to tell into <paramref name="folder"/>, each beside its name and renamed when whole; a file of another one goes.</summary>
    /// <returns>The paths written, in the order of the formats' names.</returns>
    /// <exception cref="PlanException">The folder cannot be written.</exception>
    public static IReadOnlyList<string> WriteAll(StudyReport report, string folder)
    {
        var written = new List<string>();
        foreach (var (_, format) in Formats.All())
        {
            var path = Path.Combine(folder, format.FileName);
            if (!format.HasContent(report))
            {
                File.Delete(path);
                continue;
            }

            WriteBeside.Write(path, stream => format.Write(report, stream));
            written.Add(path);
        }

        return written;
    }
}
