using System.Security.Cryptography;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Tracks;
using Dapper;
using Npgsql;

namespace CommandCenter.IntegrationTests.Positions;

/// <summary>Pieces are written as the bytes of COPY's rows: PostgreSQL has to read out of them what went in.</summary>
public sealed class TrackCopyTests
{
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

    /// <summary>Bodies of none, few and many bytes, around the buffer's end and longer than it.</summary>
    [Test]
    public async Task EveryColumnOfEveryRowIsReadBackAsItWasWritten([Values(1, 2, 3)] int seed)
    {
        var random = new Random(seed);
        TrackPiece[] pieces =
        [
            .. Enumerable.Range(1, 1_500).Select(worker => Piece(worker, random.Next(300), random)),
            .. Enumerable.Range(65_400, 150).Select(bytes => Piece(bytes, bytes, random)),
            Piece(70_000, 200_000, random),
            Piece(70_001, 0, random),
        ];
        random.Shuffle(pieces);

        Assert.That(await _store.AppendAsync(0, "0-0", "1-0", pieces, default), Is.True);

        Assert.That(await ReadAsync(), Is.EqualTo(pieces.OrderBy(piece => piece.WorkerId).Select(Row)));
    }

    [Test]
    public async Task NoPiecesMoveThePositionAlone()
    {
        Assert.That(await _store.AppendAsync(0, "0-0", "1-0", [], default), Is.True);

        Assert.That(await _store.ReadPositionAsync(0, default), Is.EqualTo("1-0"));
        Assert.That(await ReadAsync(), Is.Empty);
    }

    /// <summary>PostgreSQL answers long before the last row is sent, and the connection is to be used again.</summary>
    [Test]
    public async Task ARefusalOfTheFirstOfManyRowsStoresNone()
    {
        await using (var command = _backends.DataSource.CreateCommand("alter table track_pieces add constraint unlucky check (worker_id <> 1)"))
        {
            await command.ExecuteNonQueryAsync();
        }

        var random = new Random(4);
        TrackPiece[] pieces = [.. Enumerable.Range(1, 20_000).Select(worker => Piece(worker, 300, random))];
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => _store.AppendAsync(0, "0-0", "1-0", pieces, default));

        Assert.That(TrackStore.IsPermanent(refusal!), Is.True);
        Assert.That(await _store.ReadPositionAsync(0, default), Is.EqualTo("0-0"));
        Assert.That(await _store.AppendAsync(0, "0-0", "1-0", pieces[1..], default), Is.True);
        Assert.That((await ReadAsync()).Count, Is.EqualTo(19_999));
    }

    private static TrackPiece Piece(int worker, int bytes, Random random)
    {
        var body = new byte[bytes];
        random.NextBytes(body);
        return new TrackPiece(
            worker, random.NextInt64(long.MinValue, long.MaxValue), random.NextInt64(), -random.NextInt64(), random.Next(),
            random.Next(int.MinValue, int.MaxValue), -random.Next(), random.Next(), int.MinValue, random.NextSingle() * 1e6f, body);
    }

    private async Task<List<string>> ReadAsync()
    {
        await using var connection = await _backends.DataSource.OpenConnectionAsync();
        var rows = await connection.QueryAsync<TrackPiece>(
            """
            select worker_id as "WorkerId", hour_ms as "HourMs", first_ms as "FirstMs", last_ms as "LastMs", fixes as "Count", west as "WestE7",
                south as "SouthE7", east as "EastE7", north as "NorthE7", length_meters as "LengthMeters", body as "Body"
            from track_pieces order by worker_id
            """);
        return [.. rows.Select(Row)];
    }

    private static string Row(TrackPiece piece) =>
        $"{piece with { Body = [] }} {piece.Body.Length} {Convert.ToHexString(SHA256.HashData(piece.Body))}";
}
