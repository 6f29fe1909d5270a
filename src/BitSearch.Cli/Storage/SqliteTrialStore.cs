using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Cli.Storage;

/// <summary>
/// Keeps a study's trials in a SQLite file (write-ahead log, synchronous FULL): what was ended is on the disk before
/// <see cref="EndAsync"/> returns. One process at a time; see <see cref="StudyFolder.Take"/>.
/// </summary>
/// <param name="path">The file; made when there is none, its folder too.</param>
internal sealed class SqliteTrialStore(string path) : ITrialStore
{
    private StudyDatabase? _database;

    private StudyDatabase Database => _database ?? throw new InvalidOperationException("the store is not open");

    /// <summary>Opens a study that is there, to read it.</summary>
    /// <exception cref="PlanException">There is none, or it is not ours.</exception>
    public static async Task<SqliteTrialStore> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new PlanException(path, "the study's database is not there", "name a study that was run, or run it");
        }

        return new SqliteTrialStore(path) { _database = await StudyDatabase.OpenAsync(path, create: false, cancellationToken) };
    }

    /// <summary>Opens a study's file, whatever study it is of; an empty file becomes one of ours.</summary>
    /// <exception cref="PlanException">It is not ours, or the disk refuses.</exception>
    public static async Task<SqliteTrialStore> WriteAsync(string path, CancellationToken cancellationToken) =>
        new(path) { _database = await StudyDatabase.OpenAsync(path, create: true, cancellationToken) };

    /// <inheritdoc/>
    public async Task<TrialHistory> OpenAsync(IReadOnlyDictionary<string, string> identity, CancellationToken cancellationToken)
    {
        if (_database is null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            _database = await StudyDatabase.OpenAsync(path, create: true, cancellationToken);
        }

        var known = await IdentityAsync(cancellationToken);
        if (known.Count == 0)
        {
            await Database.ExecuteAsync(
                "insert into identity (field, value, place) values (@Field, @Value, @Place)",
                identity.Select((f, i) => new IdentityRow { Field = f.Key, Value = f.Value, Place = i }).ToList(),
                cancellationToken);
        }
        else
        {
            var differing = Differences(known, identity).ToList();
            if (differing.Count > 0)
            {
                throw new PlanException(differing);
            }
        }

        return await ListAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task BeginAsync(Trial trial, CancellationToken cancellationToken) =>
        Database.ExecuteAsync(StoreSchema.UpsertTrial, TrialRow.Of(trial with { Outcome = null }), cancellationToken);

    /// <inheritdoc/>
    public Task EndAsync(Trial trial, CancellationToken cancellationToken) =>
        Database.ExecuteAsync(StoreSchema.UpsertTrial, TrialRow.Of(trial), cancellationToken);

    /// <inheritdoc/>
    public async Task<TrialHistory> ListAsync(CancellationToken cancellationToken)
    {
        var rows = await Database.QueryAsync<TrialRow>(StoreSchema.SelectTrials, cancellationToken);
        try
        {
            return TrialHistory.Of(rows.Select(r => r.ToTrial()));
        }
        catch (Exception e) when (e is FormatException or System.Text.Json.JsonException)
        {
            throw new PlanException(path, $"holds a trial that BitSearch did not write: {e.Message}", "restore the file, or choose another study name");
        }
    }

    /// <inheritdoc/>
    public Task SaveTestAsync(int trial, TestScore score, CancellationToken cancellationToken) => Database.ExecuteAsync(
        StoreSchema.UpsertTest, new TestRow { Trial = trial, Correct = score.Correct, Count = score.Count }, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<int, TestScore>> ListTestsAsync(CancellationToken cancellationToken)
    {
        var rows = await Database.QueryAsync<TestRow>("select trial as Trial, correct as Correct, count as Count from tests order by trial", cancellationToken);
        return rows.ToDictionary(r => (int)r.Trial, r => new TestScore((int)r.Correct, (int)r.Count));
    }

    /// <summary>What the study was begun with, in the order of the plan.</summary>
    public async Task<IReadOnlyDictionary<string, string>> IdentityAsync(CancellationToken cancellationToken)
    {
        var rows = await Database.QueryAsync<IdentityRow>("select field as Field, value as Value, place as Place from identity order by place", cancellationToken);
        return new OrderedDictionary<string, string>(rows.Select(r => KeyValuePair.Create(r.Field, r.Value)));
    }

    /// <summary>Keeps a text that decides nothing, such as where a study was computed.</summary>
    public Task SaveNoteAsync(string name, string value, CancellationToken cancellationToken) =>
        Database.ExecuteAsync(StoreSchema.UpsertNote, new { name, value }, cancellationToken);

    /// <summary>The notes.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ListNotesAsync(CancellationToken cancellationToken)
    {
        var rows = await Database.QueryAsync<IdentityRow>("select name as Field, value as Value from notes order by name", cancellationToken);
        return rows.ToDictionary(r => r.Field, r => r.Value);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    /// <summary>Makes sure that the study was begun with this plan, whatever its data, weights and versions.</summary>
    /// <param name="fields">The plan, flat.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="PlanException">It was not; names each field that differs.</exception>
    public async Task CheckPlanAsync(IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken)
    {
        var known = await IdentityAsync(cancellationToken);
        var differing = known.Count == 0 ? [] : Differences(known.Where(f => IsPlan(f.Key)).ToDictionary(), fields).ToList();
        if (differing.Count > 0)
        {
            throw new PlanException(differing);
        }
    }

    // Contents of files and versions are no fields of a plan.
    private static bool IsPlan(string field) =>
        !field.StartsWith("version.", StringComparison.Ordinal) && !field.EndsWith(".content", StringComparison.Ordinal);

    private IEnumerable<Problem> Differences(IReadOnlyDictionary<string, string> begun, IReadOnlyDictionary<string, string> now) =>
        from field in begun.Keys.Union(now.Keys)
        let before = begun.GetValueOrDefault(field)
        let after = now.GetValueOrDefault(field)
        where before != after
        select new Problem(
            $"{path}: {field}",
            $"the study was begun {With(before)}, now it is {(after is null ? "not given" : $"'{after}'")}",
            "restore it, or choose another study name");

    private static string With(string? value) => value is null ? "without it" : $"with '{value}'";

    private sealed class IdentityRow
    {
        public string Field { get; set; } = "";

        public string Value { get; set; } = "";

        public long Place { get; set; }
    }

    private sealed class TestRow
    {
        public long Trial { get; set; }

        public long Correct { get; set; }

        public long Count { get; set; }
    }
}
