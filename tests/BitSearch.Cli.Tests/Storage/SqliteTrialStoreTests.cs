using BitSearch.Cli.Storage;
using BitSearch.Cli.Tests.Plans;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Tests;
using BitSearch.Torch.Tests;
using BitSearch.Trials;
using Microsoft.Data.Sqlite;

namespace BitSearch.Cli.Tests.Storage;

public sealed class SqliteTrialStoreTests : TrialStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Database => _folder.PathOf("study.db");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    protected override ITrialStore Create() => new SqliteTrialStore(Database);

    [Fact]
    public async Task Each_field_that_differs_is_named_with_both_values()
    {
        await Begin(new() { ["budget.limit"] = "0.10x", ["seed"] = "1", ["old"] = "a" });

        var refusal = await Assert.ThrowsAsync<PlanException>(() => Begin(new() { ["budget.limit"] = "0.12x", ["seed"] = "1", ["new"] = "b" }));

        Assert.Equal(
            [
                $"{Database}: budget.limit: the study was begun with '0.10x', now it is '0.12x'; restore it, or choose another study name",
                $"{Database}: old: the study was begun with 'a', now it is not given; restore it, or choose another study name",
                $"{Database}: new: the study was begun without it, now it is 'b'; restore it, or choose another study name",
            ],
            refusal.Problems.Select(p => p.ToString()));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone()
    {
        await File.WriteAllTextAsync(Database, new string('x', 10_000), Token);

        var refusal = await Assert.ThrowsAsync<PlanException>(() => Begin([]));

        Assert.Contains("no database of BitSearch", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(new string('x', 10_000), await File.ReadAllTextAsync(Database, Token));
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused_and_left_alone()
    {
        await Execute("create table theirs (id integer)");

        var refusal = await Assert.ThrowsAsync<PlanException>(() => Begin([]));

        Assert.Equal($"{Database}: this is no database of BitSearch; choose another study name or results folder", refusal.Message);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        await Begin([]);
        await Execute("pragma user_version = 99");

        var refusal = await Assert.ThrowsAsync<PlanException>(() => Begin([]));

        Assert.Equal($"{Database}: a newer BitSearch wrote it (tables of version 99); use that one; this one knows version 4", refusal.Message);
    }

    [Fact]
    public async Task A_database_of_version_1_is_brought_up_to_date_with_all_its_trials()
    {
        var trial = new Trial(0, "arm", Schedule.Parse("8-4"), 0, new TrialOutcome.Completed(0.25, 1)) { Artifact = new MemorySize(80) };
        await using (var first = Create())
        {
            await first.OpenAsync(new Dictionary<string, string> { ["seed"] = "1" }, Token);
            await first.EndAsync(trial, Token);
        }

        await Execute("alter table trials drop column proposed; alter table trials drop column rungs; alter table trials drop column warm_start; pragma user_version = 1");

        await using var store = await SqliteTrialStore.ReadAsync(Database, Token);

        Assert.Equal([trial], (await store.ListAsync(Token)).Trials);
    }

    [Fact]
    public async Task A_study_begun_before_baselines_and_repairs_could_be_chosen_goes_on_with_a_plan_that_chooses_none()
    {
        var plan = SamplePlan.Parse(SamplePlan.Text);
        OrderedDictionary<string, string> before = new(plan.Fields.Where(f => f.Key != "baselines" && !f.Key.EndsWith(".repair", StringComparison.Ordinal)));
        Assert.True(before.Count < plan.Fields.Count - 1);
        await Begin(before);
        await Execute("pragma user_version = 3");

        await Begin(new(plan.Fields));

        await Execute("delete from identity; pragma user_version = 3");
        await Begin(new(plan.Fields));
    }

    [Theory]
    [InlineData("schedule", "x")]
    [InlineData("outcome", "won")]
    [InlineData("curve", "[")]
    public async Task A_trial_that_was_tampered_with_is_named_as_such(string column, string value)
    {
        await Begin([]);
        await Execute("insert into trials (number, arm, schedule, repeat, artifact_bits, weights_bits, outcome, error_rate, loss, curve) values (0, 'a', '2', 0, 8, 8, 'completed', 0.5, 1, '[]')");
        await Execute($"update trials set {column} = '{value}'");
        await using var store = await SqliteTrialStore.ReadAsync(Database, Token);

        var refusal = await Assert.ThrowsAsync<PlanException>(() => store.ListAsync(Token));

        Assert.StartsWith($"{Database}: holds a trial that BitSearch did not write: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_study_that_was_never_begun_cannot_be_read()
    {
        var refusal = await Assert.ThrowsAsync<PlanException>(() => SqliteTrialStore.ReadAsync(Database, Token));

        Assert.StartsWith($"{Database}: the study's database is not there", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Database));
    }

    [Fact]
    public async Task Notes_are_kept_and_replaced()
    {
        await using var store = new SqliteTrialStore(Database);
        await store.OpenAsync(new Dictionary<string, string> { ["seed"] = "1" }, Token);
        await store.SaveNoteAsync("a", "1", Token);
        await store.SaveNoteAsync("a", "2", Token);

        Assert.Equal([KeyValuePair.Create("a", "2")], await store.ListNotesAsync(Token));
        Assert.Equal([KeyValuePair.Create("seed", "1")], await store.IdentityAsync(Token));
    }

    [Fact]
    public async Task Commits_are_on_the_disk_before_they_are_acknowledged()
    {
        await Begin([]);
        Assert.Equal("wal", await Execute("pragma journal_mode"));
    }

    private async Task Begin(OrderedDictionary<string, string> identity)
    {
        await using var store = new SqliteTrialStore(Database);
        await store.OpenAsync(identity, Token);
    }

    private async Task<object?> Execute(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(Token);
    }
}
