using BitSearch.Allocation;
using BitSearch.Comparison;
using BitSearch.Pareto;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Tests.Comparison;

public sealed class SyntheticSourceTests
{
    public static TheoryData<string> Families => [.. ComparisonCases.Families.Names];

    public static TheoryData<string, SchedulePattern> FamiliesAndPatterns => new(
        from name in ComparisonCases.Families.Names
        from pattern in new[] { SchedulePattern.Free, SchedulePattern.Decreasing, SchedulePattern.Increasing, SchedulePattern.BySize }
        select (name, pattern));

    [Fact]
    public void All_kinds_are_there() => Assert.Equal(["additive", "deceptive", "free-wins", "interacting", "monotone-wins"], ComparisonCases.Families.Names);

    [Theory]
    [MemberData(nameof(FamiliesAndPatterns))]
    public void The_known_front_is_what_brute_force_finds(string family, SchedulePattern pattern)
    {
        for (var seed = 0UL; seed < 5; seed++)
        {
            var problem = ComparisonCases.Source(family).Draw(pattern, new Seed(seed), []);
            var free = SmallSpaces.BruteForce(problem.Space with { Pattern = SchedulePattern.Free }).Select(s => Judge(problem, s)).ToList();
            var front = ParetoFront.Of(free, p => p);
            Assert.Equal(front, problem.Front.Points);
            Assert.Equal(Hypervolume.Of(free, problem.Front.Reference), Hypervolume.Of(front, problem.Front.Reference), 12);
            var own = SmallSpaces.BruteForce(problem.Space).Select(s => Judge(problem, s));
            Assert.Equal(problem.Front.Share(own), problem.Reachable, 12);
            Assert.Equal(1, problem.Front.Share(free) / problem.Front.Hypervolume, 12);
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void The_landscape_and_its_front_are_the_same_under_every_pattern(string family)
    {
        var source = ComparisonCases.Source(family);
        var (free, down) = (source.Draw(SchedulePattern.Free, new Seed(3), []), source.Draw(SchedulePattern.Decreasing, new Seed(3), []));
        Assert.Equal(free.Front, down.Front);
        Assert.Equal(free.Space.Budgets, down.Space.Budgets);
        Assert.All(down.Space.Enumerate().Take(50), s => Assert.Equal(free.Landscape.Outcome(s), down.Landscape.Outcome(s)));
        Assert.NotEqual(free.Front, source.Draw(SchedulePattern.Free, new Seed(4), []).Front);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Errors_lie_between_full_precision_and_chance_and_fewer_bits_in_one_layer_alone_do_harm(string family)
    {
        var problem = ComparisonCases.Source(family, TestNetworks.ResNet20()).Draw(SchedulePattern.Free, new Seed(1), ["any"]);
        var random = new SeededRandom(1);
        Assert.All(Enumerable.Range(0, 200).Select(_ => problem.Space.Sample(random)!), s => Assert.InRange(Judge(problem, s).ErrorRate, 0.08, 0.9));
        foreach (var point in problem.Space.Network.Points)
        {
            var harms = point.Widths.Select(w => problem.Measured["any"].Of(point.Name, w)!.Value).ToList();
            Assert.Equal(harms.OrderDescending(), harms);
            Assert.True(harms[^1] > 0);
            Assert.Equal(harms[0], problem.Measured["any"].Of(point.Name));
        }
    }

    [Theory]
    [InlineData("additive", true)]
    [InlineData("free-wins", true)]
    [InlineData("interacting", false)]
    [InlineData("deceptive", false)]
    public void Measurements_of_single_layers_add_up_only_where_layers_do_not_interact(string family, bool addsUp)
    {
        var problem = ComparisonCases.Source(family).Draw(SchedulePattern.Free, new Seed(1), ["m"]);
        var gaps = problem.Space.Enumerate().Select(s => Math.Abs(
            problem.Space.Network.Points.Select((p, i) => problem.Measured["m"].Of(p.Name, s[i])!.Value).Sum() + 0.08 - Judge(problem, s).ErrorRate));
        Assert.Equal(addsUp, gaps.Max() < 1e-12);
    }

    [Fact]
    public void Free_wins_has_its_best_schedule_outside_the_monotone_spaces()
    {
        for (var seed = 0UL; seed < 20; seed++)
        {
            var problem = ComparisonCases.Source("free-wins").Draw(SchedulePattern.Free, new Seed(seed), []);
            var best = Best(problem);
            Assert.Equal(((SyntheticLandscape)problem.Landscape).Planted, best);
            Assert.Equal(problem.Space.Budgets[0].Limit, problem.Space.Footprint(best, BudgetMeasure.Artifact));
            Assert.All(new[] { SchedulePattern.Decreasing, SchedulePattern.Increasing }, pattern => Assert.False((problem.Space with { Pattern = pattern }).Contains(best)));
        }
    }

    [Fact]
    public void Monotone_wins_has_its_best_schedule_inside_the_decreasing_space()
    {
        for (var seed = 0UL; seed < 20; seed++)
        {
            var problem = ComparisonCases.Source("monotone-wins").Draw(SchedulePattern.Free, new Seed(seed), []);
            Assert.Equal(((SyntheticLandscape)problem.Landscape).Planted, Best(problem));
            Assert.True((problem.Space with { Pattern = SchedulePattern.Decreasing }).Contains(Best(problem)));
        }
    }

    [Fact]
    public void What_single_layers_say_is_far_from_the_best_where_they_deceive_and_exact_where_they_add_up()
    {
        for (var seed = 0UL; seed < 8; seed++)
        {
            var (best, chosen) = ByTable("deceptive", seed);
            Assert.True(chosen - 0.08 > 1.5 * (best - 0.08), $"seed {seed}: best {best}, chosen {chosen}");
            (best, chosen) = ByTable("additive", seed);
            Assert.Equal(best, chosen, 12);
        }
    }

    [Fact]
    public void Noise_belongs_to_the_schedule_and_has_the_spread_that_was_asked_for()
    {
        var problem = ComparisonCases.Source("additive", noise: 0.01).Draw(SchedulePattern.Free, new Seed(1), []);
        var gaps = problem.Space.Enumerate().Select(s => Observed(s) - Judge(problem, s).ErrorRate).ToList();
        Assert.All(problem.Space.Enumerate().Take(10), s => Assert.Equal(Observed(s), Observed(s)));
        Assert.InRange(Math.Sqrt(gaps.Average(g => g * g)), 0.009, 0.011);
        var other = ComparisonCases.Source("additive", noise: 0.01).Draw(SchedulePattern.Free, new Seed(2), []);
        Assert.NotEqual(problem.NoiseSeed, other.NoiseSeed);

        double Observed(Schedule s) => ((TrialOutcome.Completed)problem.Observe(s, problem.Landscape.Outcome(s))).ErrorRate;
    }

    [Fact]
    public void The_reference_lies_a_tenth_beyond_the_front_and_a_front_of_one_point_has_a_rectangle_too()
    {
        var front = new KnownFront([new(10, 0.5), new(20, 0.2), new(30, 0.1), new(30, 0.9)]);
        Assert.Equal(new Objectives(32, 0.54), front.Reference);
        Assert.Equal(((22 * 0.04) + (12 * 0.3) + (2 * 0.1)) / (22 * 0.44), front.Hypervolume, 12);
        Assert.Equal(1, new KnownFront([new(10, 0.5)]).Hypervolume, 12);
        Assert.Equal(1, new KnownFront([new(10, 0)]).Hypervolume, 12);
        Assert.Throws<ArgumentException>(() => new KnownFront([]));
    }

    // The best true error within the budget, and that of the schedule which the solver takes by the measured table.
    private static (double Best, double Chosen) ByTable(string family, ulong seed)
    {
        var problem = ComparisonCases.Source(family, TestNetworks.ResNet20()).Draw(SchedulePattern.Free, new Seed(seed), ["m"]);
        var network = problem.Space.Network;
        var table = SensitivityTable.Of([CostMeasure.Size], network.Points.Select(p => new SensitivityPoint(p.Name, p.Kind, p.Widths
            .Select(w => new WidthOption(w, problem.Measured["m"].Of(p.Name, w)!.Value, [PackedLayout.PointBytes(network, p, w)])).ToEquatableArray())
        {
            TieGroup = p.TieGroup,
        }));
        var room = (problem.Space.Budgets[0].Limit.Bits / 8) - PackedLayout.BaseBytes(network);
        var chosen = ExactSolver.Solve(new AllocationProblem(table, SchedulePattern.Free, [new CostLimit(0, room)])).Best!.Schedule;
        return (problem.Front.Points[^1].ErrorRate, Judge(problem, chosen).ErrorRate);
    }

    private static Schedule Best(ComparisonProblem problem) => problem.Space.Enumerate().MinBy(s => Judge(problem, s).ErrorRate)!;

    private static Objectives Judge(ComparisonProblem problem, Schedule schedule) =>
        ComparisonProblem.Judge(problem.Space, schedule, ((TrialOutcome.Completed)problem.Landscape.Outcome(schedule)).ErrorRate);
}
