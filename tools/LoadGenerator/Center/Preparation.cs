using System.Security.Cryptography;
using System.Text;
using CommandCenter.LoadGenerator.Load;
using Npgsql;
using NpgsqlTypes;

namespace CommandCenter.LoadGenerator.Center;

/// <summary>
/// Enrols workers and their devices by COPY straight into PostgreSQL, in the shape that the server's own stores write: 4.5 million through HTTP would
/// take hours. In lots, each a transaction and a version of its own: the server hears of them by its directory versions, as of any other node's
/// change, and takes up one lot while the next is written instead of all at once.
/// </summary>
internal sealed class Preparation(NpgsqlDataSource database, TimeProvider clock, Action<string> say)
{
    internal const int LotWorkers = 250_000;

    /// <summary>There and on duty since so many days: what is sent of the days before counts, and is assessed.</summary>
    private const int KnownDays = 8;

    private const string SeedSql =
        """
        insert into settings (name, value) values ('load-generator', @seed) on conflict (name) do nothing;
        select value from settings where name = 'load-generator'
        """;

    private const string KnownSql = "select id from workers where code like 'L________' order by code limit @count";

    private const string LotSql = "select id from workers where code between @first and @last order by code";

    private const string AreasSql = "select code, id from areas where code like 'LOAD-%'";

    private const string BumpSql =
        """
        insert into directory_versions as d (name, version) values (@name, 1)
        on conflict (name) do update set version = d.version + 1
        returning version
        """;

    private const string CopyWorkersSql = "copy workers (code, name, role, home_area_id, created_at, changed_version) from stdin (format binary)";

    private const string CopyDutySql = "copy duty_periods (worker_id, started_at) from stdin (format binary)";

    private const string CopyDevicesSql =
        "copy devices (worker_id, label, user_name, secret_hash, osmand_hash, enrolled_at, enrolled_by, changed_version) from stdin (format binary)";

    /// <summary>The first <paramref name="count"/> workers, made where they are missing; their areas must be there.</summary>
    public async Task<LoadWorkers> EnsureAsync(int count, Ground ground, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var seed = await SeedAsync(connection, cancellationToken);
        var slots = new List<int>(count);
        await using (var known = new NpgsqlCommand(KnownSql, connection) { CommandTimeout = 300 })
        {
            known.Parameters.AddWithValue("count", count);
            await ReadAsync(known, slots, cancellationToken);
        }

        var areas = await AreasAsync(connection, cancellationToken);
        var start = clock.GetTimestamp();
        while (slots.Count < count)
        {
            await AddLotAsync(connection, seed, areas, slots, Math.Min(count, slots.Count + LotWorkers), cancellationToken);
            if (slots.Count < count)
            {
                say($"{slots.Count} of {count} workers are written ({clock.GetElapsedTime(start).TotalSeconds:0} s)");
            }
        }

        return new LoadWorkers(seed, [.. slots], ground);
    }

    private static async Task<byte[]> SeedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SeedSql, connection);
        command.Parameters.AddWithValue("seed", Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
        return Convert.FromHexString((string)(await command.ExecuteScalarAsync(cancellationToken))!);
    }

    private static async Task ReadAsync(NpgsqlCommand command, List<int> slots, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            slots.Add(reader.GetInt32(0));
        }
    }

    /// <summary>Writes the workers from the first without a slot up to <paramref name="to"/>, and adds their slots.</summary>
    private async Task AddLotAsync(
        NpgsqlConnection connection, byte[] seed, Dictionary<string, int> areas, List<int> slots, int to, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var from = slots.Count;
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var version = await BumpAsync(connection, transaction, "workers", cancellationToken);
        await CopyAsync(connection, CopyWorkersSql, from, to, async (copy, i) =>
        {
            await copy.WriteAsync(LoadWorkers.CodeOf(i), NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync("负载" + i, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync((short)2, NpgsqlDbType.Smallint, cancellationToken);
            await copy.WriteAsync(areas[LoadWorkers.AreaOf(i)], NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(now.AddDays(-KnownDays), NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync(version, NpgsqlDbType.Bigint, cancellationToken);
        }, cancellationToken);

        await using (var lot = new NpgsqlCommand(LotSql, connection, transaction) { CommandTimeout = 300 })
        {
            lot.Parameters.AddWithValue("first", LoadWorkers.CodeOf(from));
            lot.Parameters.AddWithValue("last", LoadWorkers.CodeOf(to - 1));
            await ReadAsync(lot, slots, cancellationToken);
        }

        await CopyAsync(connection, CopyDutySql, from, to, async (copy, i) =>
        {
            await copy.WriteAsync(slots[i], NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(now.AddDays(-KnownDays), NpgsqlDbType.TimestampTz, cancellationToken);
        }, cancellationToken);

        version = await BumpAsync(connection, transaction, "devices", cancellationToken);
        await CopyAsync(connection, CopyDevicesSql, from, to, async (copy, i) =>
        {
            var secret = SHA256.HashData(Encoding.ASCII.GetBytes(LoadWorkers.SecretOf(seed, i)));
            await copy.WriteAsync(slots[i], NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync("load", NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(LoadWorkers.DeviceOf(i), NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(secret, NpgsqlDbType.Bytea, cancellationToken);
            await copy.WriteAsync(secret, NpgsqlDbType.Bytea, cancellationToken);
            await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync(0, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(version, NpgsqlDbType.Bigint, cancellationToken);
        }, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<Dictionary<string, int>> AreasAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(AreasSql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var areas = new Dictionary<string, int>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            areas[reader.GetString(0)] = reader.GetInt32(1);
        }

        return areas;
    }

    private static async Task<long> BumpAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string name, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(BumpSql, connection, transaction);
        command.Parameters.AddWithValue("name", name);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task CopyAsync(
        NpgsqlConnection connection, string sql, int from, int to, Func<NpgsqlBinaryImporter, int, Task> writeAsync, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(sql, cancellationToken);
        copy.Timeout = TimeSpan.FromMinutes(20);
        for (var i = from; i < to; i++)
        {
            await copy.StartRowAsync(cancellationToken);
            await writeAsync(copy, i);
        }

        await copy.CompleteAsync(cancellationToken);
    }
}
