using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Tracks;
using Dapper;
using Npgsql;

namespace CommandCenter.IntegrationTests.Positions;

/// <summary>What PostgreSQL refuses for good is set aside and the rest stored; and a lost picture is filled from what is stored.</summary>
public sealed class TrackRejectTests
{
    private const long Hour = 1_790_000_000_000 - (1_790_000_000_000 % TrackPiece.HourMilliseconds);

    private Backends _backends = null!;
    private TrackStore _store = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _backends = await Backends.FreshAsync();
        _store = new TrackStore(_backends.DataSource);
        await _store.ReadPositionAsync(0, default);
    }

    [TearDown]
    public async Task StopAsync() => await _backends.DisposeAsync();

    [Test]
    public async Task APieceThatIsRefusedForGoodIsSetAsideAndTheOthersAreStored()
    {
        await ExecuteAsync("alter table track_pieces add constraint unlucky check (worker_id not in (13, 17))");
        TrackPiece[] pieces = [.. Enumerable.Range(1, 40).Select(worker => Piece(worker, Hour))];
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => _store.AppendAsync(0, "0-0", "5-0", pieces, default));
        Assert.That(TrackStore.IsPermanent(refusal!), Is.True);

        var rejected = await _store.AppendOneByOneAsync(0, "0-0", "5-0", pieces, DateTimeOffset.UnixEpoch, default);

        Assert.That(rejected!.Select(piece => piece.Piece.WorkerId), Is.EquivalentTo(new[] { 13, 17 }));
        Assert.That(await CountAsync("track_pieces"), Is.EqualTo(38));
        Assert.That(await CountAsync("track_rejects where log_from = '0-0' and log_to = '5-0' and fixes = 2"), Is.EqualTo(2));
        Assert.That(await _store.ReadPositionAsync(0, default), Is.EqualTo("5-0"));
    }

    [Test]
    public async Task AnotherWritersPositionSetsNothingAside()
    {
        await ExecuteAsync("alter table track_pieces add constraint unlucky check (worker_id <> 13)");

        Assert.That(await _store.AppendOneByOneAsync(0, "9-9", "10-0", [Piece(13, Hour)], DateTimeOffset.UnixEpoch, default), Is.Null);
        Assert.That(await CountAsync("track_rejects"), Is.Zero);
    }

    [Test]
    public async Task AFullTableOfRejectsKeepsEverythingInTheLog()
    {
        await ExecuteAsync("alter table track_pieces add constraint unlucky check (worker_id <> 13)");
        await ExecuteAsync(
            "insert into track_rejects (partition, log_from, log_to, seen_at, reason, worker_id, hour_ms, fixes, body) "
            + "select 0, '0-0', '0-0', now(), '', 1, 0, 0, '' from generate_series(1, 10000)");

        await Assert.ThrowsAsync<PostgresException>(() => _store.AppendOneByOneAsync(0, "0-0", "5-0", [Piece(13, Hour)], DateTimeOffset.UnixEpoch, default));
        Assert.That(await _store.ReadPositionAsync(0, default), Is.EqualTo("0-0"));
    }

    [Test]
    public async Task AMissingTableIsNoFaultOfThePieces()
    {
        await ExecuteAsync("alter table track_pieces rename to elsewhere");
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => _store.AppendAsync(0, "0-0", "5-0", [Piece(1, Hour)], default));

        Assert.That(TrackStore.IsPermanent(refusal!), Is.False);
    }

    [Test]
    public async Task TheNewestStoredFixOfEachWorkerIsFound()
    {
        var hour = TrackPiece.HourMilliseconds;
        await _store.AppendAsync(0, "0-0", "1-0", [Piece(1, Hour - (30 * hour)), Piece(2, Hour - hour), Piece(2, Hour), Piece(3, Hour - (2 * hour))], default);

        var newest = await _store.ReadNewestAsync([1, 2, 3, 4], Hour - (24 * hour), Hour, default);

        Assert.That(
            newest.Select(fix => (fix.WorkerId, fix.FixTimeMs)),
            Is.EquivalentTo(new[] { (2, Hour + 10_000), (3, Hour - (2 * hour) + 10_000) }));
    }

    private static TrackPiece Piece(int worker, long hourMs) => TrackPiece.From(
        [new Fix { DeviceId = worker, WorkerId = worker, FixTimeMs = hourMs }, new Fix { DeviceId = worker, WorkerId = worker, FixTimeMs = hourMs + 10_000 }]);

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _backends.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<int> CountAsync(string from)
    {
        await using var connection = await _backends.DataSource.OpenConnectionAsync();
        return await connection.QuerySingleAsync<int>($"select count(*)::int from {from}");
    }
}
