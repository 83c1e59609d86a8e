using CommandCenter.IntegrationTests.Harness;
using Dapper;

namespace CommandCenter.IntegrationTests.Coverage;

/// <summary>Tracks that go while their day is being reckoned: after it was seen what is stored, and before that was read.</summary>
public sealed class ReckoningBesideKeepingTests
{
    private const string LockSql = "select pg_advisory_xact_lock(6085033126162032751)";

    private const string WaitingSql = "select count(*)::int from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())";

    private static readonly DateOnly Day = new(2026, 11, 18);

    private static readonly DateTimeOffset Morning = new(2026, 11, 18, 0, 0, 0, TimeSpan.Zero);

    private ReckoningCenter _center = null!;

    [SetUp]
    public async Task StartAsync() => _center = await ReckoningCenter.StartAsync();

    [TearDown]
    public Task StopAsync() => _center.DisposeAsync().AsTask();

    [Test]
    public async Task WhatTheRetentionTakesMeanwhileIsNotReckonedToNothing()
    {
        await _center.KeepAsync(ReckoningCenter.Walk(1, Morning, 10), ReckoningCenter.Walk(2, Morning, 5));
        await _center.RunAsync(Day);
        var before = await _center.RowsAsync();

        // Under other rules everybody is reckoned anew.
        _center.Options.AccurateMeters = 29;
        await RunWhileGoingAsync("""
            insert into track_days (worker_id, day, marks, raw_dropped_at) values (1, '2026-11-18', 1, now());
            delete from track_pieces where worker_id = 1
            """);

        Assert.That(await _center.RowsAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task WhoeverIsErasedMeanwhileIsNotWrittenAgain()
    {
        await _center.KeepAsync(ReckoningCenter.Walk(1, Morning, 10), ReckoningCenter.Walk(2, Morning, 5));

        await RunWhileGoingAsync("delete from track_pieces where worker_id = 1");

        Assert.That(await _center.ReadAsync<int>("select count(*)::int from coverage_worker_days where worker_id = 1"), Is.Zero);
        Assert.That((await _center.DayAsync(Day))!.Totals.CreditedMs, Is.EqualTo(5 * 60_000));
    }

    /// <summary>Runs the day, held up until the statements have done their work under the lock that deletions take.</summary>
    private async Task RunWhileGoingAsync(string sql)
    {
        await using var connection = await _center.Backends.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(LockSql, transaction: transaction);
        var run = _center.RunAsync(Day);
        await Eventually.TrueAsync(async () => await _center.ReadAsync<int>(WaitingSql) > 0, "the run waits for the deletion");
        await connection.ExecuteAsync(sql, transaction: transaction);
        await transaction.CommitAsync();
        await run;
    }
}
