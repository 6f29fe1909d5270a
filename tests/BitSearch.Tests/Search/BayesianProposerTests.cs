using BitSearch.Pareto;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Tests;

public sealed class BayesianProposerTests
{
    private static readonly AdditiveProblem Problem = new();

    [Fact]
    public void Running_trials_are_believed_to_give_what_is_expected()
    {
        var history = Completed(40);
        var running = Enumerable.Range(40, 6).Select(n => new Trial(n, "a", Sampled(n), 0)).ToList();
        var (coding, judged) = (new ScheduleCoding(Problem.Space), JudgedSchedule.Of(Problem.Space, history));
        var known = ErrorModel.Of(Problem.Space, coding, history, judged);
        var believing = ErrorModel.Of(Problem.Space, coding, running.Aggregate(history, (h, t) => h.With(t)), judged);
        Assert.Empty(known.Believed);
        Assert.Equal(running.Select(t => known.Predict(t.Schedule).Mean), believing.Believed.Select(o => o.ErrorRate), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.All(running, t => Assert.True(believing.Predict(t.Schedule).Deviation < 0.7 * known.Predict(t.Schedule).Deviation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Trials_that_broke_or_were_pruned_count_for_the_model_and_not_for_the_front(bool pruned)
    {
        var history = Completed(20);
        TrialOutcome outcome = pruned ? new TrialOutcome.Pruned("it cannot win") : new TrialOutcome.Failed("the loss is NaN");
        var broken = history.With(new Trial(20, "a", Sampled(20), 0, outcome));
        var model = ErrorModel.Of(Problem.Space, new ScheduleCoding(Problem.Space), broken, JudgedSchedule.Of(Problem.Space, history));
        var without = ErrorModel.Of(Problem.Space, new ScheduleCoding(Problem.Space), history, JudgedSchedule.Of(Problem.Space, history));
        Assert.Empty(model.Believed);
        Assert.True(model.Predict(Sampled(20)).Deviation < 0.7 * without.Predict(Sampled(20)).Deviation);
    }

    [Fact]
    public void What_it_proposes_is_expected_to_gain_more_than_a_random_schedule()
    {
        var history = Completed(40);
        var judged = JudgedSchedule.Of(Problem.Space, history);
        var front = ParetoFront.Of(judged.Select(j => j.Objectives), o => o);
        var model = ErrorModel.Of(Problem.Space, new ScheduleCoding(Problem.Space), history, judged);
        var best = new BayesianProposer().Propose(Problem.Space, history, Measurements.None, new SeededRandom(2))!;
        Assert.All(Enumerable.Range(100, 50), n => Assert.True(Gain(best) > Gain(Sampled(n))));

        double Gain(Schedule schedule)
        {
            var (mean, deviation) = model.Predict(schedule);
            var reference = new Objectives(Problem.Space.Budgets[0].Limit.Bytes, 1);
            return ExpectedHypervolumeImprovement.Of(front, reference, JudgedSchedule.SizeOf(Problem.Space, schedule), mean, deviation);
        }
    }

    [Fact]
    public void Goes_on_when_there_is_more_than_it_learns_from()
    {
        var history = Completed(BayesianProposer.Learnt + 30);
        for (var n = history.Count; n < BayesianProposer.Learnt + 60; n++)
        {
            history = history.With(new Trial(n, "a", Sampled(n), 0));
        }

        var proposed = new BayesianProposer().Propose(Problem.Space, history, Measurements.None, new SeededRandom(2))!;
        Assert.True(Problem.Space.Contains(proposed) && !history.Contains(proposed));
    }

    private static TrialHistory Completed(int trials) => TrialHistory.Of(Enumerable.Range(0, trials).Select(n =>
        new Trial(n, "a", Sampled(n), 0, new TrialOutcome.Completed(AdditiveProblem.ErrorOf(Sampled(n)), 1))));

    private static Schedule Sampled(int number) => Problem.Space.Sample(new Seed(4).Stream("sample", number))!;
}
