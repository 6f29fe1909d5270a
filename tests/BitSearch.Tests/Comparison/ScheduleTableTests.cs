using BitSearch.Comparison;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Tests.Comparison;

public sealed class ScheduleTableTests
{
    private const string Header = "number,arm,repeat,schedule,display,outcome,validation_error,loss,reason,seconds\r\n";

    [Fact]
    public void Outcomes_are_looked_up_repeats_averaged_and_baselines_left_out()
    {
        var table = ScheduleTable.Read(
            Header
            + "0,baseline,0,32-32,32x2,completed,0.1,0.3,,9\r\n"
            + "1,all,0,8-4,8-4,completed,0.2,0.4,,10.5\r\n"
            + "2,all,1,8-4,8-4,completed,0.4,0.6,,11.5\r\n"
            + "3,again,0,8-4,8-4,completed,0.2,0.4,,10.5\r\n"
            + "4,all,0,4-4,4x2,failed,,,\"the loss became NaN,\r\n\"\"early\"\"\",1\r\n",
            "t.csv");

        Assert.Equal(2, table.Count);
        var completed = Assert.IsType<TrialOutcome.Completed>(table.Outcome(Schedule.Parse("8-4")));
        Assert.Equal(0.3, completed.ErrorRate, 12);
        Assert.Equal((0.5, 11), (completed.Loss, completed.Duration.TotalSeconds));
        Assert.IsType<TrialOutcome.Failed>(table.Outcome(Schedule.Parse("4-4")));
        Assert.False(table.Contains(Schedule.Parse("32-32")));
    }

    [Fact]
    public void A_schedule_that_is_not_there_is_named()
    {
        var table = ScheduleTable.Read(Header + "1,all,0,8-4,8-4,completed,0.2,0.4,,10.5\n", "t.csv");
        Assert.Equal(
            "t.csv: the schedule 4-8 is not in the table; record every schedule of the space, or name the plan by which the table was recorded",
            Assert.Throws<PlanException>(() => table.Outcome(Schedule.Parse("4-8"))).Message);
    }

    [Theory]
    [InlineData("", "t.csv:1: columns are missing: arm, repeat, schedule, outcome, validation_error, loss, seconds; a trials.csv, as a study's report writes it")]
    [InlineData("arm,repeat,schedule,outcome,loss,seconds\n", "t.csv:1: columns are missing: validation_error; a trials.csv, as a study's report writes it")]
    [InlineData(Header + "1,all,0,8-4\n", "t.csv:2: it has 4 cells; 10, one for each column")]
    [InlineData(Header + "1,all,0,8-x,,completed,0.2,0.4,,1\n", "t.csv:2: the schedule is '8-x'; widths joined by '-', such as 8-4-4-2")]
    [InlineData(Header + "1,all,0,8-4,,completed,1.2,0.4,,1\n", "t.csv:2: validation_error is '1.2'; a number from 0 to 1")]
    [InlineData(Header + "1,all,0,8-4,,completed,0.2,NaN,,1\n", "t.csv:2: loss is 'NaN'; a number from 0 on")]
    [InlineData(Header + "1,all,0,8-4,,pruned,,,,1\n", "t.csv:2: the trial of 8-4 is 'pruned'; a table whose trials have all ended, none of them pruned")]
    [InlineData(Header + "1,all,0,8-4,\"a\nb\",completed,0.2,0.4,,1\n2,all,0,8-4,,running,,,,\n", "t.csv:4: the trial of 8-4 is 'running'; a table whose trials have all ended, none of them pruned")]
    [InlineData(Header + "1,all,0,8-4,\"a\n", "t.csv: the quote in line 2 is not closed; a trials.csv, as a study's report writes it")]
    public void Mistakes_are_named_with_their_line(string text, string mistake) =>
        Assert.Equal(mistake, Assert.Throws<PlanException>(() => ScheduleTable.Read(text, "t.csv")).Message);

    [Fact]
    public void A_table_is_a_problem_whose_front_is_the_best_of_all_its_schedules()
    {
        var (free, table) = Recorded();
        var source = new TableSource("t", p => free with { Pattern = p }, table, Measurements.None);
        var (any, down) = (source.Draw(SchedulePattern.Free, new Seed(1), []), source.Draw(SchedulePattern.Decreasing, new Seed(2), []));

        Assert.Equal(1, any.Reachable / any.Front.Hypervolume, 12);
        Assert.Equal(any.Front, down.Front);
        Assert.InRange(down.Reachable, 0.01, any.Reachable - 0.001);
        Assert.Equal(
            free.Enumerate().Min(s => ((TrialOutcome.Completed)table.Outcome(s)).ErrorRate), any.Front.Points[^1].ErrorRate);
    }

    [Fact]
    public void A_table_that_lacks_a_schedule_of_the_space_is_refused_at_once()
    {
        var (free, table) = Recorded();
        var wider = free with { Budgets = [] };
        var mistake = Assert.Single(Assert.Throws<PlanException>(() => new TableSource("t", p => wider with { Pattern = p }, table, Measurements.None)).Problems);
        Assert.StartsWith("the schedule 6-6-6-6-6 is not in the table", mistake.Wrong, StringComparison.Ordinal);
    }

    // Everything within a synthetic problem's budget, as if it had been trained.
    private static (SearchSpace Free, ScheduleTable Table) Recorded()
    {
        var problem = ComparisonCases.Source("interacting").Draw(SchedulePattern.Free, new Seed(9), []);
        var rows = problem.Space.Enumerate().Select((s, i) =>
            FormattableString.Invariant($"{i},all,0,{s},,completed,{((TrialOutcome.Completed)problem.Landscape.Outcome(s)).ErrorRate:R},1,,2.5\r\n"));
        return (problem.Space, ScheduleTable.Read(Header + string.Concat(rows), "t.csv"));
    }
}
