using CommandCenter.Storage;
using Dapper;
using Npgsql;

namespace CommandCenter.Coverage.Ground;

/// <summary>The plane that squares were first reckoned in.</summary>
public sealed class CoveragePlaneStore(NpgsqlDataSource dataSource)
{
    private const string SelectSql = "select meridian from coverage_plane";

    private const string KeepSql = "insert into coverage_plane (meridian, kept_since) values (@meridian, @now) on conflict do nothing";

    /// <summary>Its meridian, degrees east; null: nothing was reckoned yet.</summary>
    public async Task<int?> LoadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<int?>(new CommandDefinition(SelectSql, cancellationToken: cancellationToken));
    }

    /// <summary>Keeps it unless another one is kept already, and tells the other nodes; the meridian that holds.</summary>
    public async Task<int> KeepAsync(int meridian, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await connection.ExecuteAsync(new CommandDefinition(KeepSql, new { meridian, now }, transaction, cancellationToken: cancellationToken)) > 0)
        {
            await ChangeFeed.BumpAsync(connection, transaction, GroundLoading.Feed, cancellationToken);
        }

        var kept = await connection.QuerySingleAsync<int>(new CommandDefinition(SelectSql, transaction: transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return kept;
    }
}
