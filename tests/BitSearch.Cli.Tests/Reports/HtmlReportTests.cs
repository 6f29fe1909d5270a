using System.Text;
using System.Xml;
using System.Xml.Linq;
using BitSearch.Cli.Reports.Html;
using BitSearch.Reports;
using BitSearch.Tests.Reports;
using BitSearch.Trials;

namespace BitSearch.Cli.Tests.Reports;

public sealed class HtmlReportTests
{
    private static readonly StudyReport Large = StudyReport.Of(FakeStudy.Large);

    [Fact]
    public void The_page_is_well_formed_and_begins_as_html()
    {
        var text = Written(FakeStudy.Large);

        Assert.StartsWith("<!DOCTYPE html>", text, StringComparison.Ordinal);
        Assert.Equal("html", Parsed(text).Name.LocalName);
    }

    [Fact]
    public void The_page_needs_nothing_but_itself()
    {
        var page = Parsed(Written(FakeStudy.Large));

        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName is "link" or "img" or "iframe" or "object" or "use");
        Assert.DoesNotContain(page.Descendants().Attributes(), a => a.Name.LocalName is "src" or "href" or "srcset");
        Assert.DoesNotContain("http", page.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", page.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", page.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Style_and_script_have_no_character_that_xml_would_escape()
    {
        var text = Written(FakeStudy.Large);
        foreach (var (open, close) in new[] { ("<style>", "</style>"), ("<script>", "</script>") })
        {
            var from = text.IndexOf(open, StringComparison.Ordinal) + open.Length;
            var inside = text[from..text.IndexOf(close, from, StringComparison.Ordinal)];
            Assert.True(inside.Length > 100);
            Assert.DoesNotContain('&', inside);
            Assert.DoesNotContain('<', inside);
        }
    }

    [Fact]
    public void Names_from_outside_are_text_and_never_markup()
    {
        const string Nasty = "<script>alert('x')</script>&\"";
        var facts = FakeStudy.Facts(FakeStudy.Plan(Nasty) with { Name = Nasty }, FakeStudy.Trial(0, Nasty, "4-4-1", 900, 0.2),
            FakeStudy.Trial(1, Nasty, "4-4-2", 950, 0.2) with { Outcome = new TrialOutcome.Failed(Nasty) }) with
        { Provenance = new Provenance { Command = Nasty } };

        var page = Parsed(Written(facts));

        Assert.Single(page.Descendants("script"));
        Assert.Equal(Nasty, page.Descendants("h1").Single().Value);
        Assert.Contains(page.Descendants("dd"), d => d.Value == Nasty);
    }

    [Fact]
    public void A_control_character_in_a_reason_does_not_break_the_page()
    {
        var failed = FakeStudy.Trial(0, "a", "4-4-1", 900, 0.2) with { Outcome = new TrialOutcome.Failed("broke\u0001 at \u001b[31mstep") };

        Assert.Contains("broke", Parsed(Written(FakeStudy.Facts(FakeStudy.Plan("a"), failed))).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_schedule_is_a_point_that_tells_what_it_is()
    {
        var titles = Parsed(Written(FakeStudy.Large)).Descendants("title").Select(t => t.Value).ToList();

        Assert.All(Large.Schedules, s => Assert.Contains(titles, t => t.StartsWith($"trial {s.Trial} (", StringComparison.Ordinal)));
        Assert.Contains(titles, t => t.StartsWith($"chosen: trial {Large.Chosen!.Trial} ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_table_of_trials_has_one_row_each_and_marks_the_chosen_one()
    {
        var rows = Parsed(Written(FakeStudy.Large)).Descendants("table").Single(t => (string?)t.Attribute("class") == "sortable")
            .Element("tbody")!.Elements().ToList();

        Assert.Equal(Large.Trials.Count(), rows.Count);
        var chosen = Assert.Single(rows, r => (string?)r.Attribute("class") == "chosen");
        Assert.Equal($"{Large.Chosen!.Trial}", chosen.Elements().First().Value);
    }

    [Fact]
    public void The_dominance_table_has_every_pair_of_the_replicated_schedules()
    {
        var facts = FakeStudy.Facts(
            FakeStudy.Plan("a"),
            FakeStudy.Trial(0, "a", "1-1-1", 400, 0.3), FakeStudy.Trial(1, "a", "1-1-1", 400, 0.32, repeat: 1),
            FakeStudy.Trial(2, "a", "4-4-1", 900, 0.4), FakeStudy.Trial(3, "a", "4-4-1", 900, 0.41, repeat: 1));

        var table = Parsed(Written(facts)).Descendants("table").Single(t => t.Descendants("th").Any(h => h.Value.StartsWith("by ", StringComparison.Ordinal)));

        Assert.Equal(["by 0 (1 bit)", "by 2"], table.Descendants("th").Skip(2).Select(h => h.Value));
        Assert.Equal([["0 (1 bit)", "0.39 KiB", "", "0"], ["2", "0.88 KiB", "1.00", ""]], table.Element("tbody")!.Elements().Select(r => r.Elements().Select(d => d.Value).ToArray()));
    }

    private static string Written(StudyFacts facts)
    {
        using var stream = new MemoryStream();
        new HtmlReport().Write(StudyReport.Of(facts), stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static XElement Parsed(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XElement.Load(reader);
    }
}
