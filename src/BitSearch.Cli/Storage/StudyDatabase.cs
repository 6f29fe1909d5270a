using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace BitSearch.Cli.Storage;

/// <summary>A connection to a study's database, made safe: what SQLite cannot do becomes a <see cref="PlanException"/>.</summary>
internal sealed class StudyDatabase : IAsyncDisposable
{
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private readonly string _path;
    private readonly SqliteConnection _connection;

    private StudyDatabase(string path, SqliteConnection connection) => (_path, _connection) = (path, connection);

    /// <summary>Opens a study's database.</summary>
    /// <param name="path">The file.</param>
    /// <param name="create">Whether it is made when there is none; else it is only read.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="PlanException">There is none, it is not ours, or the disk refuses.</exception>
    public static async Task<StudyDatabase> OpenAsync(string path, bool create, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 10,
        }.ToString());
        var database = new StudyDatabase(path, connection);
        try
        {
            await database.TryAsync(async () =>
            {
                await connection.OpenAsync(cancellationToken);
                await database.PrepareAsync(create, cancellationToken);
                return true;
            });
            return database;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The rows of a query.</summary>
    public Task<List<T>> QueryAsync<T>(string sql, CancellationToken cancellationToken) => TryAsync(async () =>
        (await _connection.QueryAsync<T>(new CommandDefinition(sql, cancellationToken: cancellationToken))).AsList());

    /// <summary>Runs a statement, for each of the parameters if there are several; on the disk when the task ends.</summary>
    public Task ExecuteAsync(string sql, object? parameters, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return TryAsync(async () =>
        {
            await using var transaction = await _connection.BeginTransactionAsync(cancellationToken);
            await _connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
            await transaction.CommitAsync(cancellationToken);
            return true;
        });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task PrepareAsync(bool create, CancellationToken cancellationToken)
    {
        var owner = await ScalarAsync("pragma application_id", cancellationToken);
        var version = await ScalarAsync("pragma user_version", cancellationToken);
        var tables = await ScalarAsync("select count(*) from sqlite_master", cancellationToken);
        var isNew = (owner, version, tables) == (0, 0, 0);
        if (owner != StoreSchema.ApplicationId && !(isNew && create))
        {
            throw new PlanException(_path, isNew ? "the study was never begun" : "this is no database of BitSearch",
                isNew ? "run its plan" : "choose another study name or results folder");
        }

        if (version > StoreSchema.Version)
        {
            throw new PlanException(_path, $"a newer BitSearch wrote it (tables of version {version})", $"use that one; this one knows version {StoreSchema.Version}");
        }

        if (!isNew && version < StoreSchema.Version)
        {
            await InOneAsync($"{string.Concat(StoreSchema.Upgrades.Skip((int)version - 1))} pragma user_version = {StoreSchema.Version};", cancellationToken);
        }

        // The pragmas belong to the connection, not to the file. FULL: what was ended stays ended, also when power fails.
        await _connection.ExecuteAsync(new CommandDefinition("pragma synchronous = full", cancellationToken: cancellationToken));
        // A reader is no SQLite reader by its mode: such a one leaves the log's files behind.
        await _connection.ExecuteAsync(new CommandDefinition(
            create ? "pragma journal_mode = wal" : "pragma query_only = true", cancellationToken: cancellationToken));

        if (isNew)
        {
            await InOneAsync(
                $"{StoreSchema.Create} pragma application_id = {StoreSchema.ApplicationId}; pragma user_version = {StoreSchema.Version};", cancellationToken);
        }
    }

    // In one transaction, and so are the numbers of owner and version: a file is ours with all tables, or new.
    private async Task InOneAsync(string sql, CancellationToken cancellationToken)
    {
        await using var transaction = await _connection.BeginTransactionAsync(cancellationToken);
        await _connection.ExecuteAsync(new CommandDefinition(sql, transaction: transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }

    private Task<long> ScalarAsync(string sql, CancellationToken cancellationToken) =>
        _connection.ExecuteScalarAsync<long>(new CommandDefinition(sql, cancellationToken: cancellationToken));

    private async Task<T> TryAsync<T>(Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Corrupt or NotADatabase)
        {
            throw new PlanException(_path, $"this is no database of BitSearch, or it is damaged: {e.Message}", "choose another study name or results folder, or restore the file");
        }
        catch (DbException e)
        {
            throw new PlanException(_path, $"the database refuses: {e.Message}", "check that the folder is writable and the disk has free space; what was finished is kept");
        }
    }
}
