using BitSearch.Reports;

namespace BitSearch.Cli.Studies;

/// <summary>What a run came to.</summary>
/// <param name="Report">All that is known of the study.</param>
/// <param name="Evaluated">Trials that this run evaluated, copies not counted.</param>
/// <param name="Read">Finalists that this run read on test.</param>
/// <param name="Stopped">Why the study stopped before its end; null: it is complete.</param>
internal sealed record StudyRunResult(StudyReport Report, int Evaluated, int Read, string? Stopped);
