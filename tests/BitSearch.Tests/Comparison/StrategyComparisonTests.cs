using BitSearch.Comparison;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Tests.Comparison;

public sealed class StrategyComparisonTests
{
    private static readonly Catalog<IProposer> Proposers = new(typeof(IProposer).Assembly);

    [Fact]
    public void The_loop_is_that_of_a_study_and_shares_only_grow_to_the_whole_front()
    {
        var problem = ComparisonCases.Source("interacting", noise: 0.02).Draw(SchedulePattern.Decreasing, new Seed(1), []);
        var trials = new StrategyLoop(problem, ComparisonCases.StoppedClock).Run(new RandomProposer(), 10_000, new Seed(5), CancellationToken.None);

        Assert.Equal(problem.Space.Enumerate().ToHashSet(), trials.Select(t => t.Schedule).ToHashSet());
        Assert.Equal(problem.Space.Count(), trials.Count);
        Assert.Equal(trials.Select(t => t.Share).Order(), trials.Select(t => t.Share));
        Assert.Equal(problem.Reachable / problem.Front.Hypervolume, trials[^1].Share, 12);
        var history = TrialHistory.Empty;
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(problem.Space.Sample(new Seed(5).Stream("propose/strategy", i), history.Schedules), trials[i].Schedule);
            history = history.With(new Trial(i, "strategy", trials[i].Schedule, 0));
        }

        Assert.Contains(trials, t => Math.Abs(t.Observed!.Value - t.ErrorRate!.Value) > 0.01);
    }

    [Fact]
    public void Any_number_of_workers_finds_the_same()
    {
        var design = Design(["additive", "deceptive"], [SchedulePattern.Free, SchedulePattern.Decreasing], "exhaustive");
        var (one, two) = (Run(design, 1), Run(design, 2));

        Assert.Equal(2 * 2 * 3 * 2, one.Runs.Count);
        Assert.Equal(ComparisonJson.Text(one), ComparisonJson.Text(two));
        Assert.Equal(ComparisonCsv.Runs(one), ComparisonCsv.Runs(two));
        Assert.Equal(ComparisonCsv.Curves(one), ComparisonCsv.Curves(two));
        Assert.Equal(ComparisonText.Markdown(one), ComparisonText.Markdown(two));
    }

    [Fact]
    public void The_summary_follows_from_the_runs_as_they_are_stored()
    {
        var result = Run(Design(["additive", "deceptive"], [SchedulePattern.Free, SchedulePattern.BySize], "grid", "exhaustive"), 2);

        var read = ComparisonCsv.Read(ComparisonCsv.Runs(result), "comparison.csv");

        static RunResult Exact(RunResult run) => run with { ProposerSeconds = Math.Round(run.ProposerSeconds, 6), TrainingSeconds = Math.Round(run.TrainingSeconds, 6) };
        Assert.Equal(result.Runs.Select(r => Exact(r.Result)), read);
        var again = ComparisonResult.Summarise(result.Design.Seed, result.Problems.Select(p => p.Case), read);
        Assert.Equal(result.Summaries.Select(s => s with { ProposerSeconds = 0 }), again.Select(s => s with { ProposerSeconds = 0 }));
    }

    [Theory]
    [InlineData("additive,free,grid,0,60", "comparison.csv:2: is no line of a comparison: it has 5 cells, not 13")]
    [InlineData("additive,fre,grid,0,60,0.8,0.8,0.9,0.1,,0,0,0", "comparison.csv:2: is no line of a comparison: 'fre' is no pattern")]
    [InlineData("additive,free,grid,0,60,0.8,0.8,much,0.1,,0,0,0", "comparison.csv:2: is no line of a comparison:")]
    public void A_line_that_is_no_run_is_named(string line, string mistake)
    {
        var refused = Assert.Throws<PlanException>(() => ComparisonCsv.Read($"problem\n{line}\n", "comparison.csv"));

        Assert.StartsWith(mistake, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_strategy_of_the_catalog_can_be_compared()
    {
        var result = Run(Design(["interacting"], [SchedulePattern.Free], [.. Proposers.Names.Where(n => n != "random")]), 2);
        Assert.Equal(Proposers.Names, result.Summaries.Select(s => s.Strategy).Order(StringComparer.Ordinal));
        Assert.All(result.Runs, r => Assert.InRange(r.Result.Share, 0.01, 1));
    }

    [Fact]
    public void A_strategy_that_lacks_a_measurement_is_left_out_of_the_problem_and_named()
    {
        var problem = ComparisonCases.Source("interacting").Draw(SchedulePattern.Free, new Seed(9), []);
        var text = "arm,repeat,schedule,outcome,validation_error,loss,seconds\n"
            + string.Concat(problem.Space.Enumerate().Select((s, i) => FormattableString.Invariant($"all,0,{s},completed,{0.1 + (0.001 * (i % 97)):R},1,2\n")));
        var source = new TableSource("t", p => problem.Space with { Pattern = p }, ScheduleTable.Read(text, "t.csv"), Measurements.None);
        var design = new ComparisonDesign(
            "test", [source, ComparisonCases.Source("additive")], [SchedulePattern.Free], [("curious", new Curious()), ("random", new RandomProposer())], 5, 2, new Seed(1));
        var result = Run(design, 1);

        Assert.Equal([new StrategyLeftOut("curious", ["output-kl"])], result.Problems[0].LeftOut);
        Assert.Equal(["random"], result.Summaries.Where(s => s.Case.Problem == "t").Select(s => s.Strategy));
        Assert.Empty(result.Problems[1].LeftOut);
        Assert.Equal(10, result.Summaries.Single(s => s.Case.Problem == "t").TrainingSeconds);
        Assert.Contains("Not run: curious (needs output-kl, which is not given).", ComparisonText.Markdown(result), StringComparison.Ordinal);
    }

    [Fact]
    public void Verdicts_follow_the_corrected_test_on_paired_differences()
    {
        var runs = Enumerable.Range(0, 10).SelectMany(seed => new[]
        {
            Made("random", seed, 0.5 + (0.01 * seed)),
            Made("good", seed, 0.6 + (0.01 * seed)),
            Made("bad", seed, 0.3 + (0.011 * seed)),
            Made("same", seed, 0.5 + (0.01 * seed) + (seed % 2 == 0 ? 0.02 : -0.02)),
        });
        var result = ComparisonResult.Of(Design(["additive"], [SchedulePattern.Free]) with { Seeds = 10 }, runs.ToEquatableArray(), []);
        Assert.Empty(result.Summaries);
        var problem = new ProblemFact(new ComparisonCase("made", SchedulePattern.Free), 100, 0.8, 1, []);
        result = ComparisonResult.Of(result.Design, result.Runs, [problem]);

        Assert.Equal(["good", "random", "same", "bad"], result.Summaries.Select(s => s.Strategy));
        Assert.Equal([1, null, 0, -1], result.Summaries.Select(s => s.ToRandom?.Verdict));
        var good = result.Summaries[0];
        Assert.Equal((2.0 / 1024, 6.0 / 1024), (good.ToRandom!.PValue, good.ToRandom.Adjusted));
        Assert.Equal("better than random by 10.0 [10.0, 10.0], p = 0.006", ComparisonText.Verdict(good));
        Assert.StartsWith("worse than random by 19.6 [", ComparisonText.Verdict(result.Summaries[3]), StringComparison.Ordinal);
        Assert.StartsWith("no difference shown: 0.0 [", ComparisonText.Verdict(result.Summaries[2]), StringComparison.Ordinal);
    }

    [Fact]
    public void Trials_to_95_percent_are_the_median_and_never_where_half_of_the_seeds_stay_below()
    {
        var summary = StrategySummary.Of([Made("s", 0, 0.5, 0.96).Result, Made("s", 1, 0.97, 0.98).Result, Made("s", 2, 0.1, 0.2).Result]);
        Assert.Equal((2.0, 2, 3), (summary.TrialsToNear, summary.Reached, summary.Seeds));
        summary = StrategySummary.Of([Made("s", 0, 0.5, 0.96).Result, Made("s", 1, 0.1, 0.2).Result]);
        Assert.Equal((null, 1), (summary.TrialsToNear, summary.Reached));
    }

    [Fact]
    public void A_comparison_that_can_show_nothing_says_so()
    {
        Assert.Contains("With 3 seeds and 2 strategies no p is below 0.25", ComparisonText.Markdown(Run(Design(["additive"], [SchedulePattern.Free], "exhaustive"), 1)), StringComparison.Ordinal);
    }

    private static ComparisonDesign Design(string[] families, SchedulePattern[] patterns, params string[] strategies) => new(
        "test", [.. families.Select(f => ComparisonCases.Source(f, noise: 0.002))], patterns,
        [.. strategies.Prepend("random").Select(s => (s, Proposers.Create(s, "test")))], 12, 3, new Seed(1));

    private static ComparisonResult Run(ComparisonDesign design, int workers) =>
        new StrategyComparison(design, ComparisonCases.StoppedClock).Run(workers, (_, _) => { }, TestContext.Current.CancellationToken);

    private static ComparisonRun Made(string strategy, int seed, params double[] shares) => new(
        new ComparisonCase("made", SchedulePattern.Free), strategy, seed,
        shares.Select(s => new ComparedTrial(Schedule.Parse("2-2"), 1, 0.1, 0.1, false) { Share = s }).ToEquatableArray())
    {
        KnownHypervolume = 0.8,
    };

    private sealed class Curious : IProposer
    {
        public IReadOnlyList<string> Needs => ["output-kl"];

        public Schedule? Propose(SearchSpace space, TrialHistory history, Measurements measured, Random random)
        {
            _ = measured["output-kl"];
            return space.Sample(random, history.Schedules);
        }
    }
}
