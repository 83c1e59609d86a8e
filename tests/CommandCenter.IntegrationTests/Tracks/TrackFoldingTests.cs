using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Folding;
using CommandCenter.Tracks.Keeping;
using CommandCenter.Tracks.Reading;
using Dapper;
using Npgsql;

namespace CommandCenter.IntegrationTests.Tracks;

/// <summary>Folding in a real PostgreSQL: repeated, raced, refused and killed.</summary>
public sealed class TrackFoldingTests
{
    private const long Hour = 1_790_000_000_000 / TrackPiece.HourMilliseconds * TrackPiece.HourMilliseconds;
    private const int Workers = 12;

    private Backends _backends = null!;
    private TrackStore _store = null!;
    private TrackFoldStore _folds = null!;
    private string _position = "0-0";

    [SetUp]
    public async Task StartAsync()
    {
        _backends = await Backends.FreshAsync();
        _store = new TrackStore(_backends.DataSource);
        _folds = new TrackFoldStore(_backends.DataSource);
        _position = await _store.ReadPositionAsync(0, default);
        await new TrackPartitions(_backends.DataSource).EnsureAsync(TrackPartitions.DayOf(Hour), default);
    }

    [TearDown]
    public async Task StopAsync() => await _backends.DisposeAsync();

    [Test]
    public async Task PiecesBecomeOneSegmentAndLatePiecesAreFoldedInLater()
    {
        await AppendAsync(0, 120);
        await AppendAsync(240, 120);
        await FoldAllAsync();
        await AppendAsync(100, 160);
        await FoldAllAsync();

        Assert.That(await CountAsync("select count(*) from track_pieces"), Is.Zero);
        Assert.That(await CountAsync("select count(*) from track_segments"), Is.EqualTo(Workers));
        var whole = TrackPiece.From([.. Enumerable.Range(0, 360).Select(n => At(3, n))]);
        await using var connection = await _backends.DataSource.OpenConnectionAsync();
        Assert.That(await connection.QuerySingleAsync<byte[]>("select body from track_segments where worker_id = 3"), Is.EqualTo(whole.Body));
        Assert.That(
            await connection.QuerySingleAsync<(int, long, long)>("select fixes, first_ms, last_ms from track_segments where worker_id = 3"),
            Is.EqualTo((whole.Count, whole.FirstMs, whole.LastMs)));
    }

    /// <summary>A fold that had read a segment would write it again after an erasure had deleted it and signed for it.</summary>
    [Test]
    public async Task WhatIsBeingDeletedIsNotFoldedIn()
    {
        await AppendAsync(0, 60);
        await FoldAllAsync();
        await AppendAsync(60, 60);
        await using var connection = await _backends.DataSource.OpenConnectionAsync();
        await using var deletion = await connection.BeginTransactionAsync();
        await KeepingLock.TakeAsync(connection, deletion, default);

        var folding = _folds.FoldAsync(Hour, [3], default);
        await Eventually.TrueAsync(async () => folding.IsCompleted || await CountAsync("select count(*) from pg_locks where locktype = 'advisory' and not granted") == 1, "the fold waits");
        await connection.ExecuteAsync("delete from track_segments where worker_id = 3; delete from track_pieces where worker_id = 3", transaction: deletion);
        await deletion.CommitAsync();

        Assert.That(await folding, Is.Zero);
        Assert.That(await CountAsync("select count(*) from track_parts where worker_id = 3"), Is.Zero);
    }

    [Test]
    public async Task FoldingThatIsRefusedLeavesThePiecesAsTheyWere()
    {
        await AppendAsync(0, 60);
        await ExecuteAsync("alter table track_segments add constraint full_disk check (worker_id <> 7)");

        Assert.That(async () => await _folds.FoldAsync(Hour, [.. Enumerable.Range(1, Workers)], default), Throws.InstanceOf<PostgresException>());
        Assert.That(await CountAsync("select count(*) from track_pieces"), Is.EqualTo(Workers));
        await ExecuteAsync("alter table track_segments drop constraint full_disk");
        await FoldAllAsync();
        Assert.That(await CountAsync("select sum(fixes) from track_parts"), Is.EqualTo(Workers * 60));
    }

    [Test]
    public async Task KilledAtAnyMomentAndRacedByAnotherItLosesNothingAndRepeatsNothing()
    {
        using var end = new CancellationTokenSource();
        var folding = Enumerable.Range(0, 2).Select(_ => Task.Run(() => FoldUntilAsync(end.Token))).ToList();
        var killing = Task.Run(() => KillUntilAsync(end.Token));
        for (var n = 0; n < 60; n++)
        {
            await EventuallyAsync(() => AppendAsync(n * 10, 10));
        }

        end.Cancel();
        await Task.WhenAll(folding);
        await killing;
        await EventuallyAsync(FoldAllAsync);

        var whole = TrackPiece.From([.. Enumerable.Range(0, 600).Select(n => At(5, n))]);
        await using var connection = await _backends.DataSource.OpenConnectionAsync();
        Assert.That(await CountAsync("select count(*) from track_pieces"), Is.Zero);
        Assert.That(await CountAsync("select sum(fixes) from track_segments"), Is.EqualTo(Workers * 600));
        Assert.That(await connection.QuerySingleAsync<byte[]>("select body from track_segments where worker_id = 5"), Is.EqualTo(whole.Body));
    }

    [Test]
    public async Task WhileItFoldsAReaderSeesEachFixOnce()
    {
        var parts = new TrackPartStore(_backends.DataSource);
        await AppendAsync(0, 60);
        for (var n = 1; n < 20; n++)
        {
            await AppendAsync(n * 60, 60);
            var folding = FoldAllAsync();
            for (var reads = 0; reads < 5; reads++)
            {
                var seen = 0;
                await foreach (var part in parts.PartsAsync([4], [Hour], Hour, Hour + TrackPiece.HourMilliseconds, default))
                {
                    seen += part.Fixes;
                }

                Assert.That(seen, Is.EqualTo((n + 1) * 60));
            }

            await folding;
        }
    }

    [Test]
    public async Task OnlyClosedHoursAndThoseOfManyPiecesAreDue()
    {
        for (var n = 0; n < 3; n++)
        {
            await AppendAsync(n * 10, 10, hours: n == 0 ? 2 : 1);
        }

        Assert.That((await _folds.FindDueAsync(4, Hour, 100, default)).Count, Is.Zero);
        Assert.That((await _folds.FindDueAsync(3, Hour, 100, default)).Select(due => (due.HourMs, due.Fixes)).Distinct(), Is.EqualTo(new[] { (Hour, 30L) }));
        Assert.That((await _folds.FindDueAsync(4, Hour + TrackPiece.HourMilliseconds, 100, default)).Count, Is.EqualTo(Workers));
        Assert.That((await _folds.FindDueAsync(4, long.MaxValue, 100, default)).Count, Is.EqualTo(Workers * 2));
    }

    [Test]
    public async Task PartitionsAreMadeOnceHoweverManyAsk()
    {
        var day = TrackPartitions.DayOf(Hour) + 40;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new TrackPartitions(_backends.DataSource).EnsureAsync(day, default)));

        Assert.That(await CountAsync($"select count(*) from pg_inherits where inhrelid = '{TrackPartitions.NameOf(day)}'::regclass"), Is.EqualTo(1));
        Assert.That(
            async () => await ExecuteAsync($"insert into track_segments select {Hour - (400 * 86_400_000L)}, 0, 0, 1, 1, 0, 0, 0, 0, 0, ''"),
            Throws.InstanceOf<PostgresException>().With.Property("SqlState").EqualTo("23514"), "a day without a partition refuses, and folding makes it");
    }

    private async Task AppendAsync(int second, int count, int hours = 1)
    {
        var next = $"{second + 1}-{count}";
        var pieces = Enumerable.Range(0, hours).SelectMany(hour => Enumerable.Range(1, Workers).Select(worker =>
            TrackPiece.From([.. Enumerable.Range(second, count).Select(n => At(worker, n + (hour * 3_600)))]))).ToList();

        // As the writer does: when it does not know whether it was stored, the position tells.
        var stored = await _store.ReadPositionAsync(0, default);
        if (stored != next && await _store.AppendAsync(0, _position, next, pieces, default))
        {
            stored = next;
        }

        _position = stored;
    }

    private async Task FoldAllAsync()
    {
        foreach (var hour in (await _folds.FindDueAsync(2, long.MaxValue, 10_000, default)).GroupBy(due => due.HourMs, due => due.WorkerId))
        {
            await _folds.FoldAsync(hour.Key, [.. hour], default);
        }
    }

    private async Task FoldUntilAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await FoldAllAsync();
            }
            catch (NpgsqlException)
            {
                // Killed: what was begun is undone.
            }
        }
    }

    private async Task KillUntilAsync(CancellationToken end)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_backends.Postgres) { Pooling = false, ApplicationName = "killer" }.ConnectionString);
        await connection.OpenAsync(CancellationToken.None);
        while (!end.IsCancellationRequested)
        {
            // Those that fold: before, between and after the steps.
            await connection.ExecuteAsync(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle' "
                + "and (query like '%track_segments%' or query like '%delete from track_pieces%' or query like '%pg_advisory%')");
            await Task.Delay(Random.Shared.Next(5, 40), CancellationToken.None);
        }
    }

    private static async Task EventuallyAsync(Func<Task> act)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await act();
                return;
            }
            catch (NpgsqlException) when (tries < 200)
            {
                await Task.Delay(5);
            }
        }
    }

    private static Fix At(int worker, int second) => new()
    {
        DeviceId = worker,
        WorkerId = worker,
        FixTimeMs = Hour + (second * 1_000L),
        LongitudeE7 = 1_125_600_000 + (worker * 1_000) + second,
        LatitudeE7 = 378_600_000 + second,
    };

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _backends.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var connection = await _backends.DataSource.OpenConnectionAsync();
        return await connection.QuerySingleAsync<long?>(sql) ?? 0;
    }
}
