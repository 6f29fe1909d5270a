using System.Runtime.CompilerServices;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Tests.Extending;

public sealed class ExtendingTests
{
    [Fact]
    public void The_worked_example_is_found_by_its_name() =>
        Assert.IsType<HillClimbProposer>(new Catalog<IProposer>(typeof(HillClimbProposer).Assembly).Create("hill-climb", "test"));

    [Fact]
    public void The_worked_example_climbs_to_the_best_schedule()
    {
        var network = TestNetworks.Of("small", ("a", [4, 4]), ("b", [4, 4]));
        var rules = new SpaceRules(TestNetworks.Bits(1, 2, 4, 8)) { Activations = new ActivationRule(Widths: TestNetworks.Bits(1, 2, 4, 8)) };
        var space = SearchSpace.Of(network, rules, SchedulePattern.Free, []);
        var history = TrialHistory.Empty;
        for (var n = 0; n < 30; n++)
        {
            var schedule = new HillClimbProposer().Propose(space, history, Measurements.None, new SeededRandom((ulong)n))!;
            Assert.Null(space.WhyNot(schedule));
            Assert.False(history.Contains(schedule));
            var error = schedule.Widths.Average(w => 1.0 / w.Bits);
            history = history.With(new Trial(n, "climb", schedule, 0, new TrialOutcome.Completed(error, error)));
        }

        Assert.Equal("8-8-8-8", history.Scores.MinBy(s => s.MeanErrorRate)!.Schedule.ToString());
    }

    [Fact]
    public void The_document_shows_the_code_that_is_tested()
    {
        var folder = Path.GetDirectoryName(ThisFile())!;
        var document = File.ReadAllText(Path.Combine(folder, "../../../docs/extending.md"));
        Assert.Contains(File.ReadAllText(Path.Combine(folder, "HillClimbProposer.cs")).Trim(), document, StringComparison.Ordinal);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
