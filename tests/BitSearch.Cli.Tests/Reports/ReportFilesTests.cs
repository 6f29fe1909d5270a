using System.Buffers.Binary;
using BitSearch.Cli.Reports;
using BitSearch.Reports;
using BitSearch.Tests.Reports;
using BitSearch.Trials;

namespace BitSearch.Cli.Tests.Reports;

public sealed class ReportFilesTests
{
    [Fact]
    public void A_results_folder_holds_every_format()
    {
        // BITSEARCH_LOOK=folder keeps the files for looking at them.
        var folder = Environment.GetEnvironmentVariable("BITSEARCH_LOOK") ?? Directory.CreateTempSubdirectory("bitsearch").FullName;

        var written = ReportFiles.WriteAll(StudyReport.Of(FakeStudy.Large), folder);

        Assert.Equal(
            ["environment.json", "front.png", "report.html", "report.json", "schedule.png", "trials.csv"],
            written.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(written, path => Assert.True(new FileInfo(path).Length > 0, path));
    }

    [Fact]
    public void The_same_report_gives_the_same_bytes_in_every_format()
    {
        foreach (var (name, format) in ReportFiles.Formats.All())
        {
            Assert.True(Bytes(format, FakeStudy.Large).AsSpan().SequenceEqual(Bytes(format, FakeStudy.Large)), name);
        }
    }

    [Fact]
    public void Every_format_copes_with_a_study_in_which_nothing_completed()
    {
        foreach (var (name, format) in ReportFiles.Formats.All())
        {
            Assert.True(Bytes(format, FakeStudy.Facts(FakeStudy.Plan("a"))).Length > 0, name);
        }
    }

    [Fact]
    public void Learning_curves_are_drawn_where_there_are_any()
    {
        var folder = Environment.GetEnvironmentVariable("BITSEARCH_LOOK") ?? Directory.CreateTempSubdirectory("bitsearch").FullName;
        var curves = FakeStudy.Facts(FakeStudy.Plan("a"), [.. new[] { "32-32-32", "2-2-2", "4-2-1" }.SelectMany((schedule, s) => Enumerable.Range(0, 3).Select(r =>
            FakeStudy.Trial((3 * s) + r, s < 2 ? Trial.BaselineArm : "a", schedule, 3000 - (1000 * s), 0.2, r) with
            {
                Outcome = new TrialOutcome.Completed(0.2, 0.5) { Curve = [.. Enumerable.Range(1, 8).Select(e => 0.1 + ((0.4 + (0.1 * s) + (0.02 * r)) / e))] },
            }))]);

        var written = ReportFiles.WriteAll(StudyReport.Of(curves), folder).Select(Path.GetFileName).ToList();

        Assert.Contains("curves.png", written);
        Assert.Contains("Learning curves", File.ReadAllText(Path.Combine(folder, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_of_an_earlier_study_goes_where_there_is_nothing_to_draw()
    {
        var folder = Directory.CreateTempSubdirectory("bitsearch").FullName;
        File.WriteAllText(Path.Combine(folder, "curves.png"), "old");

        ReportFiles.WriteAll(StudyReport.Of(FakeStudy.Large), folder);

        Assert.False(File.Exists(Path.Combine(folder, "curves.png")));
    }

    [Theory]
    [InlineData("front-png", 1200, 800)]
    [InlineData("schedule-png", 1200, 720)]
    public void Pictures_have_their_size_and_more_than_a_blank(string name, int width, int height)
    {
        var png = Bytes(ReportFiles.Formats.Create(name, "test"), FakeStudy.Large);

        Assert.Equal((width, height), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
        Assert.True(png.Length > 20_000);
    }

    private static byte[] Bytes(IReportWriter format, StudyFacts facts)
    {
        using var stream = new MemoryStream();
        format.Write(StudyReport.Of(facts), stream);
        return stream.ToArray();
    }
}
