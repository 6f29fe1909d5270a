using System.Globalization;
using System.Text;
using BitSearch.Reports;
using BitSearch.Space;
using BitSearch.Trials;
using CsCheck;

namespace BitSearch.Tests.Reports;

public sealed class TrialsCsvTests
{
    [Fact]
    public void A_line_holds_what_is_known_of_a_trial()
    {
        var facts = FakeStudy.Facts(
            FakeStudy.Plan("a"),
            FakeStudy.Trial(0, "a", "4-4-1", 900, 0.125),
            FakeStudy.Trial(1, "a", "2-2-2", 600, 0.125, copyOf: 0),
            FakeStudy.Trial(2, "a", "1-1-1", 300, 0) with { WarmStart = 0, Proposed = Schedule.Parse("1-1-2"), Outcome = new TrialOutcome.Failed("NaN, \"again\"") { Rungs = [12.5, 0.25] } },
            FakeStudy.Trial(3, "a", "8-1-1", 800, 0) with { Outcome = null });

        Assert.Equal(
            "number,arm,repeat,schedule,display,bytes,weight_bytes,outcome,validation_error,loss,reason,copy_of,warm_start,rungs,proposed,seconds\r\n"
            + "0,a,0,4-4-1,4x2-1,900,900,completed,0.125,0.375,,,,,,1.500\r\n"
            + "1,a,0,2-2-2,2x3,600,600,completed,0.125,0.375,,0,,,,2.500\r\n"
            + "2,a,0,1-1-1,1x3,300,300,failed,,,\"NaN, \"\"again\"\"\",,0,12.5 0.25,1-1-2,0.000\r\n"
            + "3,a,0,8-1-1,8-1x2,800,800,running,,,,,,,,\r\n",
            Written(facts));
    }

    [Fact]
    public void What_is_written_reads_back() =>
        Gen.Select(Gen.String[Gen.Char["ab ,\"\r\n;é"], 0, 8], Gen.Double[0, 1]).List[1, 20].Sample(rows =>
        {
            var facts = FakeStudy.Facts(FakeStudy.Plan("a"), [.. rows.Select((r, i) => FakeStudy.Trial(i, r.Item1, "1-2-4", 100 + i, r.Item2))]);

            var read = Parse(Written(facts)).Skip(1).ToList();

            Assert.Equal(rows.Select(r => r.Item1), read.Select(r => r[1]));
            Assert.Equal(rows.Select(r => r.Item2), read.Select(r => double.Parse(r[8], CultureInfo.InvariantCulture)));
            Assert.All(read, r => Assert.Equal(TrialsCsv.Columns.Count, r.Count));
        });

    private static string Written(StudyFacts facts)
    {
        using var stream = new MemoryStream();
        new TrialsCsv().Write(StudyReport.Of(facts), stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    // RFC 4180, section 2.
    private static IEnumerable<List<string>> Parse(string text)
    {
        var row = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            var cell = new StringBuilder();
            var quoted = text[i] == '"';
            i += quoted ? 1 : 0;
            while (quoted ? text[i] != '"' || text[i + 1] == '"' : text[i] is not (',' or '\r'))
            {
                i += quoted && text[i] == '"' ? 1 : 0;
                cell.Append(text[i++]);
            }

            i += quoted ? 1 : 0;
            row.Add(cell.ToString());
            if (text[i] == ',')
            {
                i++;
                continue;
            }

            Assert.Equal("\r\n", text.Substring(i, 2));
            i += 2;
            yield return row;
            row = [];
        }
    }
}
