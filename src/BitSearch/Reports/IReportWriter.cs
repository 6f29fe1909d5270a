namespace BitSearch.Reports;

/// <summary>
/// One file of a study's results. Marked with <c>[Component]</c>; a new format is one new class, and nothing else. The
/// same report gives the same bytes.
/// </summary>
public interface IReportWriter
{
    /// <summary>The file's name inside the results folder.</summary>
    string FileName { get; }

    /// <summary>Whether there is anything to tell; where there is not, no file is written. True by default.</summary>
    bool HasContent(StudyReport report) => true;

    /// <summary>Writes the file's content; leaves the stream open.</summary>
    /// <param name="report">What to tell.</param>
    /// <param name="output">Where to.</param>
    void Write(StudyReport report, Stream output);
}
