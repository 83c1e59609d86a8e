using CommandCenter.Http;
using CommandCenter.Storage;
using Dapper;
using Npgsql;

namespace CommandCenter.Access.Kiosks;

/// <summary>Displays that show a code and wait, in PostgreSQL: few, for ten minutes, known to all nodes and to the next start.</summary>
public sealed class KioskPairings(NpgsqlDataSource dataSource, TimeProvider time)
{
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(10);

    /// <summary>Waiting ones of one network, as <see cref="StrangerRates.KeyOf"/> tells them apart: displays behind one router pair a few at a time.</summary>
    public const int MostOfNetwork = 20;

    /// <summary>Waiting ones in all: enough that a handful of strangers cannot keep a display from its code.</summary>
    public const int Most = 1_000;

    /// <summary>A display looks every two seconds; one that did not for so long shows its code to nobody.</summary>
    public static readonly TimeSpan UnseenAfter = TimeSpan.FromSeconds(30);

    /// <summary>Looks are noted no finer than this: a display that waits costs a write every few seconds.</summary>
    private static readonly TimeSpan NotedEach = TimeSpan.FromSeconds(5);

    // Any number of its own: one opens at a time, so that the bounds hold. No lock on the table, which would hold up all displays' looks.
    private const long AdvisoryLock = 0x4B696F736B;

    // What is too old goes here, which needs no loop of its own. Then, where there is no room, the oldest code that nobody looks at: first of the
    // network that asks, so that whoever fills its own share pushes out nobody else's. One whose code is being entered right now is locked and stays.
    private const string MakeRoom =
        """
        select pg_advisory_xact_lock(@lock);
        delete from kiosk_pairings where expires_at <= @now;
        delete from kiosk_pairings where account_id is null and id = (
            select id from kiosk_pairings
            where account_id is null and network = @network and polled_at <= @unseen
              and (select count(*) from kiosk_pairings where account_id is null and network = @network) >= @mostOfNetwork
            order by expires_at limit 1 for update skip locked);
        delete from kiosk_pairings where account_id is null and id = (
            select id from kiosk_pairings
            where account_id is null and polled_at <= @unseen
              and (select count(*) from kiosk_pairings where account_id is null) >= @most
            order by expires_at limit 1 for update skip locked);
        """;

    private const string Insert =
        """
        insert into kiosk_pairings (id, code, secret_hash, network, expires_at, polled_at)
        select @id, @code, @secretHash, @network, @expires, @now
        where (select count(*) from kiosk_pairings where account_id is null) < @most
          and (select count(*) from kiosk_pairings where account_id is null and network = @network) < @mostOfNetwork
        on conflict (code) do nothing
        """;

    /// <summary>When it ends; null when too many displays wait already, or (once in a million) the code is shown elsewhere.</summary>
    public async Task<DateTimeOffset?> OpenAsync(Guid id, string code, byte[] secretHash, string network, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var expires = now + GoodFor;
        var parameters = new
        {
            id,
            code,
            secretHash,
            network,
            now,
            expires,
            unseen = now - UnseenAfter,
            most = Most,
            mostOfNetwork = MostOfNetwork,
            @lock = AdvisoryLock,
        };
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(MakeRoom, parameters, transaction, cancellationToken: cancellationToken));
        var made = await connection.ExecuteAsync(new CommandDefinition(Insert, parameters, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return made == 1 ? expires : null;
    }

    private const string Look =
        """
        with noted as (
            update kiosk_pairings set polled_at = @now
            where id = @id and secret_hash = @secretHash and account_id is null and expires_at > @now and polled_at <= @noted
        )
        select account_id from kiosk_pairings where id = @id and secret_hash = @secretHash and expires_at > @now
        """;

    /// <summary>
    /// How it stands, and the kiosk's account once paired; notes that the display looked. It can be asked again until it ends: an answer may be lost
    /// on its way. The secret is compared as a hash of 256 random bits, so that the time that takes tells nothing.
    /// </summary>
    public async Task<(PairingState State, int? AccountId)> FindAsync(Guid id, byte[] secretHash, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<int?>(new CommandDefinition(
            Look, new { id, secretHash, now, noted = now - NotedEach }, cancellationToken: cancellationToken));
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
