namespace BitSearch.Cli.Storage;

/// <summary>The tables of a study. Plain SQL: whole numbers are bigint, times are milliseconds, lists are JSON text.</summary>
internal static class StoreSchema
{
    /// <summary>The number in a SQLite file's header that says whose it is: <c>BITS</c>.</summary>
    public const long ApplicationId = 0x42495453;

    /// <summary>Counts changes of the tables, and of the fields that a plan's identity has without being given.</summary>
    public const long Version = 4;

    /// <summary>Makes the tables.</summary>
    public const string Create =
        """
        create table identity (
            field text not null primary key,
            value text not null,
            place bigint not null);
        create table trials (
            number bigint not null primary key,
            arm text not null,
            schedule text not null,
            repeat bigint not null,
            copy_of bigint,
            artifact_bits bigint not null,
            weights_bits bigint not null,
            outcome text,
            error_rate double precision,
            loss double precision,
            curve text,
            reason text,
            duration_ms bigint,
            warm_start bigint,
            rungs text,
            proposed text);
        create table tests (
            trial bigint not null primary key,
            correct bigint not null,
            count bigint not null);
        create table notes (
            name text not null primary key,
            value text not null);
        """;

    /// <summary>What makes tables of each older version those of the next, from version 1 on.</summary>
    public static IReadOnlyList<string> Upgrades { get; } =
    [
        "alter table trials add column warm_start bigint; alter table trials add column rungs text;",
        "alter table trials add column proposed text;",
        """
        insert or ignore into identity
            select 'baselines', '', max(place) + 1 from identity having count(*) > 0;
        insert or ignore into identity
            select replace(field, '].name', '].repair'), 'nearest', place from identity where field like 'arms[%].name';
        """,
    ];

    /// <summary>All trials in number order.</summary>
    public const string SelectTrials =
        """
        select number as Number, arm as Arm, schedule as Schedule, repeat as Repeat, copy_of as CopyOf, artifact_bits as ArtifactBits,
            weights_bits as WeightsBits, outcome as Outcome, error_rate as ErrorRate, loss as Loss, curve as Curve, reason as Reason,
            duration_ms as DurationMs, warm_start as WarmStart, rungs as Rungs, proposed as Proposed
        from trials order by number
        """;

    /// <summary>Writes a trial, over what is there under its number.</summary>
    public const string UpsertTrial =
        """
        insert into trials (number, arm, schedule, repeat, copy_of, artifact_bits, weights_bits, outcome, error_rate, loss, curve, reason, duration_ms,
            warm_start, rungs, proposed)
        values (@Number, @Arm, @Schedule, @Repeat, @CopyOf, @ArtifactBits, @WeightsBits, @Outcome, @ErrorRate, @Loss, @Curve, @Reason, @DurationMs,
            @WarmStart, @Rungs, @Proposed)
        on conflict (number) do update set arm = excluded.arm, schedule = excluded.schedule, repeat = excluded.repeat, copy_of = excluded.copy_of,
            artifact_bits = excluded.artifact_bits, weights_bits = excluded.weights_bits, outcome = excluded.outcome,
            error_rate = excluded.error_rate, loss = excluded.loss, curve = excluded.curve, reason = excluded.reason, duration_ms = excluded.duration_ms,
            warm_start = excluded.warm_start, rungs = excluded.rungs,
            proposed = excluded.proposed
        """;

    /// <summary>Writes a reading of the test split.</summary>
    public const string UpsertTest =
        "insert into tests (trial, correct, count) values (@Trial, @Correct, @Count) on conflict (trial) do update set correct = excluded.correct, count = excluded.count";

    /// <summary>Writes a note.</summary>
    public const string UpsertNote =
        "insert into notes (name, value) values (@name, @value) on conflict (name) do update set value = excluded.value";
}
