using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Tests;

/// <summary>
/// What every <see cref="ITrialStore"/> promises. Derive, say how to make a store on one and the same place, and the
/// tests run. The command line's tests link this file.
/// </summary>
public abstract class TrialStoreContract
{
    private static readonly Dictionary<string, string> Identity = new() { ["seed"] = "1", ["data.name"] = "digits" };

    private static readonly Trial Begun = new(0, "arm", Schedule.Parse("8-4-4-2"), 0)
    {
        Artifact = MemorySize.FromBytes(1234),
        Weights = MemorySize.FromBytes(1000),
    };

    private static readonly Trial Ended = Begun with
    {
        Outcome = new TrialOutcome.Completed(1.0 / 3, 0.1 + 0.2) { Curve = [0.75, 1.0 / 3], Duration = TimeSpan.FromMilliseconds(90_061_001) },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A new store on the same place each time within one test, and on an empty place in each test.</summary>
    protected abstract ITrialStore Create();

    [Fact]
    public async Task A_new_study_is_empty()
    {
        await using var store = Create();
        Assert.Empty((await store.OpenAsync(Identity, Token)).Trials);
        Assert.Empty((await store.ListAsync(Token)).Trials);
        Assert.Empty(await store.ListTestsAsync(Token));
    }

    [Fact]
    public async Task A_begun_trial_is_listed_without_an_outcome_and_survives()
    {
        await WithStore(async store => await store.BeginAsync(Begun, Token));
        Assert.Equal([Begun], await Reopened());
    }

    [Fact]
    public async Task An_ended_trial_survives_with_every_field() => await Survives(Ended);

    [Fact]
    public async Task A_copy_survives() => await Survives(Ended, Ended with { Number = 1, Arm = "other", CopyOf = 0 });

    [Fact]
    public async Task Failed_and_pruned_trials_survive_with_their_reasons() => await Survives(
        Begun with { Outcome = new TrialOutcome.Failed("the loss is NaN; \"quoted\", ümlaut\nsecond line") { Duration = TimeSpan.FromMilliseconds(5) } },
        Begun with { Number = 1, Repeat = 2, Outcome = new TrialOutcome.Pruned("it cannot win") });

    [Fact]
    public async Task Rungs_and_warm_starts_survive() => await Survives(
        Begun with { Outcome = new TrialOutcome.Pruned("at rung start") { Rungs = [0.25, 1.0 / 3] } },
        Ended with { Number = 1, WarmStart = 0, Outcome = Ended.Outcome! with { Rungs = [12.5] } });

    [Theory]
    [InlineData(double.Epsilon)]
    [InlineData(0.1)]
    [InlineData(1.0 / 3)]
    [InlineData(double.MaxValue)]
    public async Task Numbers_survive_to_the_last_bit(double value) =>
        await Survives(Begun with { Outcome = new TrialOutcome.Completed(value, value) { Curve = [value] } });

    [Fact]
    public async Task Trials_come_back_in_number_order()
    {
        await WithStore(async store =>
        {
            foreach (var number in new[] { 0, 1, 2, 10, 9 })
            {
                await store.BeginAsync(Begun with { Number = number }, Token);
            }

            Assert.Equal([0, 1, 2, 9, 10], (await store.ListAsync(Token)).Trials.Select(t => t.Number));
        });
        Assert.Equal([0, 1, 2, 9, 10], (await Reopened()).Select(t => t.Number));
    }

    [Fact]
    public async Task An_orphan_is_begun_again_and_ended_under_its_number()
    {
        await WithStore(async store => await store.BeginAsync(Begun, Token));
        await WithStore(async store =>
        {
            await store.BeginAsync(Begun, Token);
            await store.EndAsync(Ended, Token);
        });
        Assert.Equal([Ended], await Reopened());
    }

    [Fact]
    public async Task Another_study_is_refused_naming_each_field_that_differs()
    {
        await WithStore(_ => Task.CompletedTask);
        await using var store = Create();
        var other = new Dictionary<string, string> { ["seed"] = "2", ["data.name"] = "digits", ["repeats"] = "3" };
        var refusal = await Assert.ThrowsAsync<PlanException>(() => store.OpenAsync(other, Token));
        var all = string.Join('\n', refusal.Problems);
        Assert.Contains("seed", all, StringComparison.Ordinal);
        Assert.Contains("repeats", all, StringComparison.Ordinal);
        Assert.DoesNotContain("data.name", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_study_is_refused_when_a_field_is_gone()
    {
        await WithStore(_ => Task.CompletedTask);
        await using var store = Create();
        var refusal = await Assert.ThrowsAsync<PlanException>(() => store.OpenAsync(new Dictionary<string, string> { ["seed"] = "1" }, Token));
        Assert.Contains("data.name", string.Join('\n', refusal.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_study_is_left_as_it_was()
    {
        await WithStore(async store => await store.BeginAsync(Begun, Token));
        await using (var refused = Create())
        {
            await Assert.ThrowsAsync<PlanException>(() => refused.OpenAsync(new Dictionary<string, string> { ["seed"] = "2" }, Token));
        }

        Assert.Equal([Begun], await Reopened());
    }

    [Fact]
    public async Task Readings_of_the_test_split_survive()
    {
        await WithStore(async store =>
        {
            await store.BeginAsync(Begun, Token);
            await store.EndAsync(Ended, Token);
            await store.SaveTestAsync(0, new TestScore(9, 10), Token);
        });
        await WithStore(async store => Assert.Equal([KeyValuePair.Create(0, new TestScore(9, 10))], await store.ListTestsAsync(Token)));
    }

    [Fact]
    public async Task A_cancelled_call_says_so()
    {
        await using var store = Create();
        await store.OpenAsync(Identity, Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.BeginAsync(Begun, new CancellationToken(canceled: true)));
        Assert.Empty((await store.ListAsync(Token)).Trials);
    }

    private async Task Survives(params Trial[] trials)
    {
        await WithStore(async store =>
        {
            foreach (var trial in trials)
            {
                await store.BeginAsync(trial with { Outcome = null }, Token);
                await store.EndAsync(trial, Token);
            }

            Assert.Equal(trials, (await store.ListAsync(Token)).Trials);
        });
        Assert.Equal(trials, await Reopened());
    }

    private async Task<IEnumerable<Trial>> Reopened()
    {
        await using var store = Create();
        return (await store.OpenAsync(Identity, Token)).Trials.ToList();
    }

    private async Task WithStore(Func<ITrialStore, Task> use)
    {
        await using var store = Create();
        await store.OpenAsync(Identity, Token);
        await use(store);
    }
}
