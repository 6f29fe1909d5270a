using System.Text.Json;
using BitSearch.Reports;
using BitSearch.Trials;

namespace BitSearch.Tests.Reports;

public sealed class ReportJsonTests
{
    [Fact]
    public void The_whole_report_is_there_for_programs()
    {
        var root = JsonDocument.Parse(Written(FakeStudy.Large)).RootElement;
        var report = StudyReport.Of(FakeStudy.Large);

        Assert.Equal(report.Chosen!.Trial, root.GetProperty("chosen").GetInt32());
        Assert.Equal(report.Front.Select(s => s.Trial), root.GetProperty("front").EnumerateArray().Select(e => e.GetInt32()));
        Assert.Equal(report.Facts.History.Count, root.GetProperty("trials").GetArrayLength());
        Assert.Equal(report.Chosen.Artifact.Bytes, root.GetProperty("chosenLedger").EnumerateArray().Sum(e => e.GetProperty("bytes").GetInt64()));
    }

    [Fact]
    public void What_is_not_finite_is_null()
    {
        var trial = FakeStudy.Trial(0, "a", "1-1-1", 300, 0.5) with { Outcome = new TrialOutcome.Completed(0.5, double.NaN) { Curve = [double.PositiveInfinity] } };

        var written = JsonDocument.Parse(Written(FakeStudy.Facts(FakeStudy.Plan("a"), trial))).RootElement.GetProperty("trials")[0];

        Assert.Equal(JsonValueKind.Null, written.GetProperty("loss").ValueKind);
        Assert.Equal(JsonValueKind.Null, written.GetProperty("curve")[0].ValueKind);
    }

    [Fact]
    public void Every_writer_gives_the_same_bytes_for_the_same_report_and_leaves_the_stream_open()
    {
        foreach (var (_, writer) in new Catalog<IReportWriter>(typeof(StudyReport).Assembly).All())
        {
            using var first = new MemoryStream();
            using var second = new MemoryStream();
            writer.Write(StudyReport.Of(FakeStudy.Large), first);
            writer.Write(StudyReport.Of(FakeStudy.Large), second);

            Assert.True(first.CanWrite && first.Length > 0);
            Assert.Equal(first.ToArray(), second.ToArray());
        }
    }

    private static byte[] Written(StudyFacts facts)
    {
        using var stream = new MemoryStream();
        new ReportJson().Write(StudyReport.Of(facts), stream);
        return stream.ToArray();
    }
}
