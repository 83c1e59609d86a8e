using CommandCenter.Contracts.Tracks;
using CommandCenter.Coverage.Keeping;
using CommandCenter.Coverage.Reckoning;
using CommandCenter.Coverage.Store;
using CommandCenter.Jobs;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Keeping;
using Microsoft.Extensions.Options;

namespace CommandCenter.IntegrationTests.Coverage;

/// <summary>What is stored of coverage follows from what is stored of tracks, whenever and however often it is reckoned.</summary>
public sealed class ReckoningTests
{
    private static readonly DateOnly Day = new(2026, 11, 18);

    /// <summary>Eight in the morning in Taiyuan.</summary>
    private static readonly DateTimeOffset Morning = new(2026, 11, 18, 0, 0, 0, TimeSpan.Zero);

    private ReckoningCenter _center = null!;

    [SetUp]
    public async Task StartAsync() => _center = await ReckoningCenter.StartAsync();

    [TearDown]
    public Task StopAsync() => _center.DisposeAsync().AsTask();

    [Test]
    public async Task AWalkEarnsItsTime()
    {
        await _center.KeepAsync(ReckoningCenter.Walk(1, Morning, 10), ReckoningCenter.Walk(2, Morning, 5));

        var outcome = await _center.RunAsync(Day);

        Assert.That(outcome.Counts!["reckoned"], Is.EqualTo(2));
        var day = await _center.DayAsync(Day);
        Assert.That(day!.Totals.CreditedMs, Is.EqualTo(15 * 60_000));
        Assert.That(day.Totals.Workers, Is.EqualTo(2));
        Assert.That(day.Totals.Cells, Is.InRange(30, 34), "750 m in squares of 25 m, the shorter walk within it");
        Assert.That(day.CorrectedAt, Is.Null);
        var own = new List<WorkerCells>();
        await foreach (var cells in _center.Store.ReadWorkerDaysAsync([2], Day, Day.AddDays(1), default))
        {
            own.Add(cells);
        }

        Assert.That(own.Single().Cells.Sum(cell => (long)cell.DwellMs), Is.EqualTo(5 * 60_000));
        Assert.That(await TilesDwellAsync(), Is.EqualTo(day.Totals.CreditedMs), "tiles hold what the day holds");
    }

    [Test]
    public async Task OnlyWhatChangedIsReckonedAgainAndTheRestIsAsFromScratch()
    {
        await _center.KeepAsync(ReckoningCenter.Walk(1, Morning, 10), ReckoningCenter.Walk(2, Morning, 5));
        await _center.RunAsync(Day);
        Assert.That((await _center.RunAsync(Day)).Counts!["reckoned"], Is.Zero);
        await _center.KeepAsync(ReckoningCenter.Walk(2, Morning.AddHours(3), 20));

        Assert.That((await _center.RunAsync(Day)).Counts!["reckoned"], Is.EqualTo(1));

        var step = await _center.RowsAsync();
        await _center.ExecuteAsync("truncate coverage_worker_days, coverage_tiles, coverage_days");
        await _center.RunAsync(Day);
        Assert.That(await _center.RowsAsync(), Is.EqualTo(step));
    }

    [Test]
    public async Task OrderRepeatsAndFoldingChangeNothing()
    {
        var walk = ReckoningCenter.Walk(1, Morning, 30);
        await _center.KeepAsync(walk[90..], walk[..100], walk[50..120]);
        await _center.RunAsync(Day);
        var first = await _center.RowsAsync();

        await _center.ExecuteAsync("truncate track_pieces, coverage_worker_days, coverage_tiles, coverage_days");
        await _center.KeepAsync(walk);
        await _center.RunAsync(Day);

        Assert.That(await _center.RowsAsync(), Is.EqualTo(first));
        Assert.That((await _center.DayAsync(Day))!.Totals.CreditedMs, Is.EqualTo(30 * 60_000));
    }

    [Test]
    public async Task ADayIsCutAtTheCentersMidnights()
    {
        var midnight = new DateTimeOffset(2026, 11, 18, 0, 0, 0, TimeSpan.FromHours(8));
        await _center.KeepAsync(ReckoningCenter.Walk(1, midnight.AddMinutes(-5), 12));

        await _center.RunAsync(Day.AddDays(-1), Day.AddDays(1));

        Assert.That((await _center.DayAsync(Day.AddDays(-1)))!.Totals.CreditedMs, Is.EqualTo(5 * 60_000));
        Assert.That((await _center.DayAsync(Day))!.Totals.CreditedMs, Is.EqualTo(7 * 60_000));
    }

    [TestCase("2026-03-08", 23)]
    [TestCase("2026-11-01", 25)]
    public async Task ADayHasTheHoursThatItsZoneGivesIt(string date, int hours)
    {
        _center.Center.TimeZone = "America/New_York";
        var day = DateOnly.ParseExact(date, "yyyy-MM-dd", null);
        var begin = JobWindow.StartOf(day, _center.Center);
        await _center.KeepAsync(Enumerable.Range(-1, hours + 2).Select(hour => ReckoningCenter.Walk(1, begin.AddHours(hour), 10).AsEnumerable()).ToArray());

        await _center.RunAsync(day);

        Assert.That((await _center.DayAsync(day))!.Totals.CreditedMs, Is.EqualTo(hours * 10 * 60_000));
    }

    [Test]
    public async Task WhatTheLogHoldsCountsOnceBeforeAndAfterItIsStored()
    {
        var walk = ReckoningCenter.Walk(1, Morning, 10);
        await _center.KeepAsync(walk[..30]);
        _center.Log.AddRange(walk[25..]);
        _center.Log.AddRange(walk[25..40]);

        await _center.RunAsync(Day);
        Assert.That((await _center.DayAsync(Day))!.Totals.CreditedMs, Is.EqualTo(10 * 60_000));
        var version = (await _center.DayAsync(Day))!.Version;

        await _center.KeepAsync(walk[30..]);
        _center.Log.Clear();
        await _center.RunAsync(Day);
        var day = await _center.DayAsync(Day);
        Assert.That((day!.Totals.CreditedMs, day.Version, day.CorrectedAt), Is.EqualTo((10 * 60_000L, version, (DateTimeOffset?)null)), "nothing has changed");
    }

    [Test]
    public async Task LateFixesCorrectADayThatWasOverAndSayByHowMuch()
    {
        await _center.KeepAsync(ReckoningCenter.Walk(1, Morning, 10));
        await _center.RunAsync(Day);
        var late = ReckoningCenter.Walk(1, Morning.AddHours(2), 6);
        await _center.KeepAsync(late);
        _center.Now = new DateTimeOffset(2026, 11, 20, 5, 0, 0, TimeSpan.Zero);

        // Summing up a worker's day is how late fixes are noticed.
        await _center.ExecuteAsync("insert into coverage_look (looked_at) values ('2026-11-20 04:30Z')");
        await _center.ExecuteAsync("insert into track_days (worker_id, day, marks, summed_at, fixes) values (1, '2026-11-18', 1, '2026-11-20 04:59Z', 98)");
        var outcome = await _center.RunAsync(new DateOnly(2026, 11, 20));

        Assert.That((outcome.Counts!["touchedDays"], outcome.Counts["corrected"]), Is.EqualTo((1, 1)), outcome.Text);
        var day = await _center.DayAsync(Day);
        Assert.That(day!.CorrectedAt, Is.EqualTo(new DateTimeOffset(2026, 11, 20, 5, 0, 0, TimeSpan.Zero)));
        Assert.That(day.Correction!.CreditedMs, Is.EqualTo(6 * 60_000));
        Assert.That((day.Correction.Workers, day.Correction.Cells), Is.EqualTo((0, 0)), "the same ground again");
        Assert.That(await _center.ReadAsync<int>("select count(*)::int from coverage_days_due"), Is.Zero);

        _center.Now = new DateTimeOffset(2026, 11, 20, 6, 0, 0, TimeSpan.Zero);
        await _center.KeepAsync(ReckoningCenter.Walk(3, Morning.AddHours(2), 2));
        await _center.RunAsync(Day);
        Assert.That((await _center.DayAsync(Day))!.Correction!.CreditedMs, Is.EqualTo(8 * 60_000), "since it was over first");
    }

    [Test]
    public async Task CancelledAnywhereItLeavesTheSameWhenRunAgain()
    {
        await _center.KeepAsync([.. Enumerable.Range(1, 300).Select(worker => ReckoningCenter.Walk(worker, Morning, 1 + (worker % 7), latitude: 37.81 + (worker * 0.0002)))]);
        using var stop = new CancellationTokenSource();
        var progress = new JobProgress();
        var half = Task.Run(async () =>
        {
            while (progress.Done == 0)
            {
                await Task.Yield();
            }

            await stop.CancelAsync();
        });
        _center.Options.RestShare = 10;
        await Assert.ThatAsync(() => _center.RunAsync(Day, progress: progress, cancellationToken: stop.Token), Throws.InstanceOf<OperationCanceledException>());
        await half;
        Assert.That(await _center.ReadAsync<int>("select count(*)::int from coverage_worker_days"), Is.InRange(128, 299), "cut off half-way");
        Assert.That(await _center.DayAsync(Day), Is.Null, "and not summed up");

        _center.Options.RestShare = 0;
        await _center.RunAsync(Day);
        var resumed = await _center.RowsAsync();
        await _center.ExecuteAsync("truncate coverage_worker_days, coverage_tiles, coverage_days");
        await _center.RunAsync(Day);
        Assert.That(await _center.RowsAsync(), Is.EqualTo(resumed));
        Assert.That(progress.Total, Is.EqualTo(DayReckoner.DayProgress));
    }

    [Test]
    public async Task TwoAtOnceLeaveWhatOneLeaves()
    {
        await _center.KeepAsync([.. Enumerable.Range(1, 150).Select(worker => ReckoningCenter.Walk(worker, Morning, 2, latitude: 37.81 + (worker * 0.0002)))]);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _center.RunAsync(Day)));

        var rows = await _center.RowsAsync();
        await _center.ExecuteAsync("truncate coverage_worker_days, coverage_tiles, coverage_days");
        await _center.RunAsync(Day);
        Assert.That(rows, Is.EqualTo(await _center.RowsAsync()));
    }

    [Test]
    public async Task ADayWhoseTracksWereLetGoStaysAsItWas()
    {
        await _center.KeepAsync(ReckoningCenter.Walk(1, Morning, 10), ReckoningCenter.Walk(1, Morning.AddHours(2), 10));
        await _center.RunAsync(Day);
        var before = await _center.RowsAsync();
        await _center.ExecuteAsync("insert into track_days (worker_id, day, marks, raw_dropped_at) values (1, '2026-11-18', 1, now())");
        await _center.ExecuteAsync("delete from track_pieces where hour_ms < @hour", new { hour = Morning.AddHours(1).ToUnixTimeMilliseconds() });

        await _center.RunAsync(Day);

        Assert.That(await _center.RowsAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task DamagedStretchesAreLeftOutAndTold()
    {
        await _center.KeepAsync(ReckoningCenter.Walk(1, Morning, 10), ReckoningCenter.Walk(1, Morning.AddHours(2), 10));
        await _center.ExecuteAsync("update track_pieces set body = '\\x0102' where hour_ms < @hour", new { hour = Morning.AddHours(1).ToUnixTimeMilliseconds() });

        var outcome = await _center.RunAsync(Day);

        Assert.That(outcome.Counts!["damaged"], Is.EqualTo(1));
        var day = (await _center.DayAsync(Day))!;
        Assert.That((day.Totals.CreditedMs, day.Damaged), Is.EqualTo((10 * 60_000L, 1)), "the day itself says so");
    }

    [Test]
    public async Task WhatWasDamagedIsTriedAgainUntilItIsPutBack()
    {
        await _center.KeepAsync(ReckoningCenter.Walk(1, Morning, 10), ReckoningCenter.Walk(1, Morning.AddHours(2), 10));
        await _center.ExecuteAsync("create table kept as select * from track_pieces");
        await _center.ExecuteAsync("update track_pieces set body = '\\x0102' where hour_ms < @hour", new { hour = Morning.AddHours(1).ToUnixTimeMilliseconds() });
        await _center.RunAsync(Day);
        await _center.RunAsync(Day);
        var before = (await _center.DayAsync(Day))!;
        await _center.ExecuteAsync("update track_pieces p set body = k.body from kept k where k.hour_ms = p.hour_ms");

        await _center.RunAsync(Day);

        var day = (await _center.DayAsync(Day))!;
        Assert.That((before.Damaged, day.Damaged, day.Totals.CreditedMs), Is.EqualTo((1, 0, 20 * 60_000L)));
        Assert.That((before.Version, day.Version), Is.EqualTo((1, 2)), "answers that said so are not kept");
    }

    [Test]
    public async Task WhoeverIsErasedIsInNoDayAnyMore()
    {
        await _center.KeepAsync(ReckoningCenter.Walk(1, Morning, 10), ReckoningCenter.Walk(2, Morning, 5));
        await _center.RunAsync(Day);
        await _center.ExecuteAsync("delete from track_pieces where worker_id = 1");
        var erasure = new ErasureRow { Id = 1, WorkerId = 1, UntilMs = Morning.AddDays(2).ToUnixTimeMilliseconds() };
        var eraser = new CoverageEraser(Options.Create(_center.Center));
        await using (var connection = await _center.Backends.DataSource.OpenConnectionAsync())
        {
            Assert.That(await eraser.CountAsync(connection, 1, default), Is.EqualTo(new[] { new ErasedTable("coverage_worker_days", 1, 0) }));
            Assert.That(await eraser.IsLeftAsync(connection, erasure, default), Is.True);
            await using var transaction = await connection.BeginTransactionAsync();
            Assert.That(await eraser.EraseSomeAsync(connection, transaction, erasure, Morning.AddDays(2), default), Has.Count.EqualTo(1));
            Assert.That(await eraser.EraseSomeAsync(connection, transaction, erasure, Morning.AddDays(2), default), Is.Empty);
            await transaction.CommitAsync();
            Assert.That(await eraser.IsLeftAsync(connection, erasure, default), Is.False);
        }

        var outcome = await _center.RunAsync(new DateOnly(2026, 11, 20));

        Assert.That(outcome.Counts!["touchedDays"], Is.EqualTo(1));
        var day = await _center.DayAsync(Day);
        Assert.That((day!.Totals.CreditedMs, day.Totals.Workers), Is.EqualTo((5 * 60_000L, 1)));
        Assert.That(day.Correction!.CreditedMs, Is.EqualTo(-10 * 60_000));
    }

    private async Task<long> TilesDwellAsync()
    {
        long dwell = 0;
        await foreach (var tile in _center.Store.ReadTilesAsync(Day, Day.AddDays(1), new(int.MinValue, int.MinValue), new(int.MaxValue, int.MaxValue), default))
        {
            dwell += CommandCenter.Coverage.CoverageCodec.DecodeTile(tile.Tile, tile.Body, _center.Store.BeginOf(tile.Day)).Sum(cell => cell.DwellMs);
        }

        return dwell;
    }
}
