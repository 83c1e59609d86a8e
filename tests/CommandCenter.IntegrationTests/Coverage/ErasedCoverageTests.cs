using CommandCenter.Coverage.Keeping;
using CommandCenter.Tracks.Keeping;
using Microsoft.Extensions.Options;

namespace CommandCenter.IntegrationTests.Coverage;

/// <summary>Nothing of the time before somebody's erasure is reckoned again, whatever of it is left or turns up.</summary>
public sealed class ErasedCoverageTests
{
    private static readonly DateOnly Day = new(2026, 11, 18);

    private static readonly DateTimeOffset Morning = new(2026, 11, 18, 0, 0, 0, TimeSpan.Zero);

    private ReckoningCenter _center = null!;

    [SetUp]
    public async Task StartAsync() => _center = await ReckoningCenter.StartAsync();

    [TearDown]
    public Task StopAsync() => _center.DisposeAsync().AsTask();

    [Test]
    public async Task WhatTheLogStillHoldsOfThemDoesNotComeBack()
    {
        await _center.KeepAsync(ReckoningCenter.Walk(2, Morning, 5));
        await OrderAsync(Morning.AddDays(2));
        _center.Log.AddRange(ReckoningCenter.Walk(1, Morning, 10));

        await _center.RunAsync(Day);
        Assert.That(await RowsOfAsync(1), Is.Zero);

        // The writer has stored it, and the eraser has not come round yet.
        _center.Log.Clear();
        await _center.KeepAsync(ReckoningCenter.Walk(1, Morning, 10));
        await _center.RunAsync(Day);

        Assert.That(await RowsOfAsync(1), Is.Zero);
        Assert.That((await _center.DayAsync(Day))!.Totals.CreditedMs, Is.EqualTo(5 * 60_000));
    }

    [Test]
    public async Task OfTheDayItWasOrderedOnlyWhatCameAfterCounts()
    {
        await _center.KeepAsync(ReckoningCenter.Walk(1, Morning, 10), ReckoningCenter.Walk(1, Morning.AddHours(2), 4));
        await _center.RunAsync(Day);
        Assert.That((await _center.DayAsync(Day))!.Totals.CreditedMs, Is.EqualTo(14 * 60_000));

        var erasure = await OrderAsync(Morning.AddHours(1));
        await EraseAsync(erasure);
        await _center.RunAsync(Day);

        Assert.That((await _center.DayAsync(Day))!.Totals.CreditedMs, Is.EqualTo(4 * 60_000), "before their tracks are deleted, too");
        await _center.ExecuteAsync("delete from track_pieces where hour_ms < @hour", new { hour = Morning.AddHours(1).ToUnixTimeMilliseconds() });
        await _center.RunAsync(Day);
        Assert.That((await _center.DayAsync(Day))!.Totals.CreditedMs, Is.EqualTo(4 * 60_000));
    }

    [Test]
    public async Task AnErasureAmidARunLeavesNothingOfThem()
    {
        await _center.KeepAsync(ReckoningCenter.Walk(1, Morning, 10), ReckoningCenter.Walk(2, Morning, 5));
        var run = _center.RunAsync(Day);
        var erasure = await OrderAsync(Morning.AddDays(2));
        await EraseAsync(erasure);
        await run;
        await _center.RunAsync(new DateOnly(2026, 11, 20));

        Assert.That(await RowsOfAsync(1), Is.Zero);
        Assert.That((await _center.DayAsync(Day))!.Totals.CreditedMs, Is.EqualTo(5 * 60_000), "whichever came first");
    }

    private Task<int> RowsOfAsync(int worker) => _center.ReadAsync<int>("select count(*)::int from coverage_worker_days where worker_id = @worker", new { worker });

    /// <summary>Under the lock under which erasures are ordered.</summary>
    private async Task<ErasureRow> OrderAsync(DateTimeOffset until)
    {
        await using var connection = await _center.Backends.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await KeepingLock.TakeAsync(connection, transaction, default);
        await Dapper.SqlMapper.ExecuteAsync(
            connection,
            """
            insert into track_erasures (worker_id, requested_at, until_ms, account_id, user_name, reason, settles_at)
            values (1, @until, @untilMs, 1, 'admin', 'asked', @until + interval '31 days')
            """,
            new { until, untilMs = until.ToUnixTimeMilliseconds() },
            transaction);
        await transaction.CommitAsync();
        return new ErasureRow { Id = 1, WorkerId = 1, UntilMs = until.ToUnixTimeMilliseconds() };
    }

    /// <summary>What the eraser does with the squares.</summary>
    private async Task EraseAsync(ErasureRow erasure)
    {
        await using var connection = await _center.Backends.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await KeepingLock.TakeAsync(connection, transaction, default);
        await new CoverageEraser(Options.Create(_center.Center)).EraseSomeAsync(connection, transaction, erasure, Morning.AddDays(2), default);
        await transaction.CommitAsync();
    }
}
