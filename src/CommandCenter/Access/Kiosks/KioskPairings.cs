using CommandCenter.Http;
using CommandCenter.Storage;
using Dapper;
using Npgsql;

namespace CommandCenter.Access.Kiosks;

/// <summary>Displays that show a code and wait, in PostgreSQL: few, for ten minutes, known to all nodes and to the next start.</summary>
public sealed class KioskPairings(NpgsqlDataSource dataSource, TimeProvider time)
{
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(10);

    /// <summary>Of one network, as <see cref="StrangerRates.KeyOf"/> tells them apart: displays behind one router pair a few at a time.</summary>
    public const int MostOfNetwork = 20;

    /// <summary>Of all: enough that a handful of strangers cannot keep a display from its code.</summary>
    public const int Most = 1_000;

    // One at a time, so that the bounds hold; what is too old goes here, which needs no loop of its own.
    private const string MakeRoom =
        """
        lock table kiosk_pairings in share row exclusive mode;
        delete from kiosk_pairings where expires_at <= @now;
        """;

    private const string Insert =
        """
        insert into kiosk_pairings (id, code, secret_hash, network, expires_at)
        select @id, @code, @secretHash, @network, @expires
        where (select count(*) from kiosk_pairings) < @most and (select count(*) from kiosk_pairings where network = @network) < @mostOfNetwork
        on conflict (code) do nothing
        """;

    /// <summary>When it ends; null when there are too many already, or (once in a million) the code is shown elsewhere.</summary>
    public async Task<DateTimeOffset?> OpenAsync(Guid id, string code, byte[] secretHash, string network, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var expires = now + GoodFor;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(MakeRoom, new { now }, transaction, cancellationToken: cancellationToken));
        var made = await connection.ExecuteAsync(new CommandDefinition(
            Insert,
            new { id, code, secretHash, network, expires, most = Most, mostOfNetwork = MostOfNetwork },
            transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return made == 1 ? expires : null;
    }

    private const string Select = "select account_id from kiosk_pairings where id = @id and secret_hash = @secretHash and expires_at > @now";

    /// <summary>
    /// How it stands, and the kiosk's account once paired. It can be asked again until it ends: an answer may be lost on its way. The secret
    /// is compared as a hash of 256 random bits, so that the time that takes tells nothing.
    /// </summary>
    public async Task<(PairingState State, int? AccountId)> FindAsync(Guid id, byte[] secretHash, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<int?>(new CommandDefinition(
            Select, new { id, secretHash, now = time.GetUtcNow() }, cancellationToken: cancellationToken));
        return rows.AsList() switch
        {
            [] => (PairingState.Gone, null),
            [null, ..] => (PairingState.Waiting, null),
            [var account, ..] => (PairingState.Paired, account),
        };
    }

    private const string Claim =
        """
        select id from kiosk_pairings where code = @code and account_id is null and expires_at > @now for update
        """;

    private const string Give = "update kiosk_pairings set account_id = @accountId, expires_at = @expires where id = @id";

    /// <summary>Within the caller's transaction: the pairing that shows the code, kept from others; null when there is none.</summary>
    public Task<Guid?> ClaimAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string code, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<Guid?>(new CommandDefinition(Claim, new { code, now = time.GetUtcNow() }, transaction, cancellationToken: cancellationToken));

    /// <summary>Within the caller's transaction: the display has ten more minutes to fetch its session.</summary>
    public Task GiveAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid id, int accountId, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            Give, new { id, accountId, expires = time.GetUtcNow() + GoodFor }, transaction, cancellationToken: cancellationToken));
}
