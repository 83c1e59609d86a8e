using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts.Access;
using CommandCenter.Contracts.Areas;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Keeping;
using CommandCenter.Web;
using CommandCenter.Workers;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.IntegrationTests.Tracks;

/// <summary>Tracks go when their keeping is over, whatever table they are in, and no sooner; a hold keeps what a case needs.</summary>
public sealed class RetentionTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private static readonly Viewer Administrator = new(1, "administrator", AccountRole.Administrator, 1);

    private Backends _backends = null!;
    private NpgsqlConnection _connection = null!;
    private RetentionStore _rules = null!;
    private HoldStore _holds = null!;
    private AreaDirectory _areas = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _backends = await Backends.FreshAsync();
        _connection = await _backends.DataSource.OpenConnectionAsync();
        await _connection.ExecuteAsync("""
            insert into areas (code, parent_id, kind, name, created_at) values ('14', null, 0, 'all', now()), ('14-1', 1, 1, 'one', now());
            insert into workers (code, name, role, home_area_id, created_at, changed_version)
            values ('w1', 'w1', 0, 1, now(), 1), ('w2', 'w2', 0, 2, now(), 1);
            """);
        _areas = new AreaDirectory();
        _areas.Replace([new Area(1, "14", "all", null, AreaKind.District, null, null, null), new Area(2, "14-1", "one", null, AreaKind.Subdistrict, null, 1, null)]);
        var audit = new AuditStore(_backends.DataSource, null!, TimeProvider.System);
        _rules = new RetentionStore(_backends.DataSource, audit);
        _holds = new HoldStore(_backends.DataSource, audit);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _connection.DisposeAsync();
        await _backends.DisposeAsync();
    }

    [Test]
    public async Task WhatIsOlderThanItsKeepingGoesAndTheRestStays()
    {
        foreach (var days in (int[])[100, 91, 89, 1])
        {
            await TrackRows.InsertAsync(_connection, TrackRows.Piece(1, Now.AddDays(-days)));
        }

        var partition = await TrackRows.PartitionAsync(_connection, Now.AddDays(-95));
        await TrackRows.InsertAsync(_connection, TrackRows.Piece(1, Now.AddDays(-95)), "track_segments");
        await _connection.ExecuteAsync(
            "insert into track_rejects (partition, log_from, log_to, seen_at, reason, worker_id, hour_ms, fixes, body) values (0, '', '', now(), '', 1, 0, 2, '')");

        var deleted = await SweepAsync();

        Assert.That(deleted, Is.EqualTo(new Deleted(4, 8)), "two pieces, a segment and what was set aside");
        Assert.That(await DaysLeftAsync(1), Is.EqualTo(new[] { 89, 1 }));
        Assert.That(await _connection.QuerySingleAsync<bool>("select to_regclass(@partition) is null", new { partition }), Is.True, "an empty day's table goes whole");
        Assert.That(await SweepAsync(), Is.EqualTo(default(Deleted)));
    }

    [Test]
    public async Task TheSummaryOfADayWhoseTrackGoesIsKeptAndKnowsIt()
    {
        await TrackRows.InsertAsync(_connection, TrackRows.Piece(1, Now.AddDays(-100)));
        await TrackRows.InsertAsync(_connection, TrackRows.Piece(1, Now.AddDays(-20)));
        await _connection.ExecuteAsync(
            "insert into track_days (worker_id, day, marks, summed_at, fixes) select 1, ((@now - make_interval(days => d)) at time zone 'Asia/Shanghai')::date, 1, now(), 2 from unnest(array[100, 20]) as d",
            new { now = Now });

        await SweepAsync();

        Assert.That(
            await _connection.QueryAsync<bool>("select raw_dropped_at is not null from track_days order by day"), Is.EqualTo(new[] { true, false }));
    }

    [Test]
    public async Task WhatWasNeverFoldedIsLostToItsDayWhenItGoes()
    {
        foreach (var (worker, table) in ((int, string)[])[(1, "track_pieces"), (2, "track_segments")])
        {
            await TrackRows.PartitionAsync(_connection, Now.AddDays(-100));
            await TrackRows.InsertAsync(_connection, TrackRows.Piece(worker, Now.AddDays(-100)), table);
            await _connection.ExecuteAsync(
                "insert into track_days (worker_id, day, marks, summed_at, fixes) values (@worker, ((@at) at time zone 'Asia/Shanghai')::date, 1, now(), 2)", new { worker, at = Now.AddDays(-100) });
        }

        await SweepAsync();

        Assert.That(
            await _connection.QueryAsync<(bool, bool)>("select raw_dropped_at is not null, lost_since is not null from track_days order by worker_id"),
            Is.EqualTo(new[] { (true, true), (true, false) }),
            "a segment is in the summary, a piece may be in none");
    }

    [Test]
    public async Task ADayOfWhichNobodyHasTakenNoteYetKnowsThatSomeOfItWent()
    {
        await TrackRows.InsertAsync(_connection, TrackRows.Piece(1, Now.AddDays(-100)));

        await SweepAsync();

        Assert.That(
            await _connection.QueryAsync<(bool, bool, bool)>("select raw_dropped_at is not null, summed_at is null, due_since is null from track_days"), Is.EqualTo(new[] { (true, true, true) }));
    }

    [Test]
    public async Task AnAreasOwnRuleCountsForThoseAtHomeInIt()
    {
        foreach (var worker in (int[])[1, 2, 77])
        {
            await TrackRows.InsertAsync(_connection, TrackRows.Piece(worker, Now.AddDays(-100)));
            await TrackRows.InsertAsync(_connection, TrackRows.Piece(worker, Now.AddDays(-20)));
        }

        await _rules.SetAsync(Administrator, 2, 10, new AuditReason("privacy", null), Now, default);
        await SweepAsync();
        Assert.That((await DaysLeftAsync(1), await DaysLeftAsync(2), await DaysLeftAsync(77)), Is.EqualTo((new[] { 20 }, Array.Empty<int>(), new[] { 20 })), "77 is no worker any more");

        await _rules.SetAsync(Administrator, 1, 15, new AuditReason("privacy", null), Now, default);
        await SweepAsync();
        Assert.That(await DaysLeftAsync(1), Is.Empty);
        Assert.That(await _connection.QuerySingleAsync<int>("select count(*)::int from audit where action = 'set-retention'"), Is.EqualTo(2));
    }

    [Test]
    public async Task AHoldKeepsWhatItNamesUntilItIsOver()
    {
        foreach (var worker in (int[])[1, 2])
        {
            foreach (var days in (int[])[120, 110, 100])
            {
                await TrackRows.InsertAsync(_connection, TrackRows.Piece(worker, Now.AddDays(-days)));
            }
        }

        await HoldAsync(1, 111, 109, Now.AddDays(30));
        await SweepAsync();
        Assert.That((await DaysLeftAsync(1), await DaysLeftAsync(2)), Is.EqualTo((new[] { 110 }, Array.Empty<int>())));

        await SweepAsync(Now.AddDays(31));
        Assert.That(await DaysLeftAsync(1), Is.Empty, "until its moment");
    }

    [Test]
    public async Task AReleasedHoldKeepsNothingAndIsRemembered()
    {
        await TrackRows.InsertAsync(_connection, TrackRows.Piece(1, Now.AddDays(-110)));
        await HoldAsync(1, 111, 109, Now.AddDays(30));
        var hold = (await _holds.ListAsync(long.MaxValue, 10, default)).Single();

        Assert.That(await _holds.ReleaseAsync(Administrator, hold, [Worker(1)], new AuditReason("closed", null), Now, default), Is.True);
        Assert.That(await _holds.ReleaseAsync(Administrator, hold, [Worker(1)], new AuditReason("closed", null), Now, default), Is.False);
        await SweepAsync();
        Assert.That(await DaysLeftAsync(1), Is.Empty);
        Assert.That((await _holds.ListAsync(long.MaxValue, 10, default)).Single().ReleasedBy, Is.EqualTo("administrator"));
        Assert.That(await _connection.QueryAsync<string>("select action from audit order by id"), Is.EqualTo(new[] { "hold-track", "release-track" }));
    }

    [Test]
    public async Task StoppedAnywhereItGoesOnFromThere()
    {
        for (var n = 0; n < 40; n++)
        {
            await TrackRows.InsertAsync(_connection, TrackRows.Piece(1 + (n % 2), new DateTimeOffset(Now.UtcDateTime.Date, TimeSpan.Zero).AddDays(-100).AddMinutes(n)));
        }

        var steps = 0;
        await Assert.ThrowsAsync<OperationCanceledException>(() => Sweep(Now, batch: 5).RunAsync(
            (_, _) => ++steps == 3 ? throw new OperationCanceledException() : Task.CompletedTask, default));
        var left = await _connection.QuerySingleAsync<int>("select count(*)::int from track_pieces");
        Assert.That(left, Is.EqualTo(25), "three steps of five");

        Assert.That(await SweepAsync(), Is.EqualTo(new Deleted(25, 50)));
    }

    [Test]
    public async Task TwoNodesAtOnceCountEveryRowOnce()
    {
        for (var n = 0; n < 200; n++)
        {
            await TrackRows.InsertAsync(_connection, TrackRows.Piece(1, Now.AddDays(-100).AddMinutes(n)));
        }

        var both = await Task.WhenAll(Sweep(Now, batch: 7).RunAsync(Nothing, default), Sweep(Now, batch: 7).RunAsync(Nothing, default));
        Assert.That(both[0] + both[1], Is.EqualTo(new Deleted(200, 400)));
    }

    [Test]
    public async Task ADaysTableThatIsReadStaysForAnotherTime()
    {
        var partition = await TrackRows.PartitionAsync(_connection, Now.AddDays(-95));
        await using var reader = await _backends.DataSource.OpenConnectionAsync();
        await using (var reading = await reader.BeginTransactionAsync())
        {
            await reader.ExecuteAsync($"select count(*) from {partition}", transaction: reading);
            await SweepAsync();
            Assert.That(await _connection.QuerySingleAsync<bool>("select to_regclass(@partition) is null", new { partition }), Is.False);
        }

        await SweepAsync();
        Assert.That(await _connection.QuerySingleAsync<bool>("select to_regclass(@partition) is null", new { partition }), Is.True);
    }

    private static Task Nothing(Deleted step, CancellationToken cancellationToken) => Task.CompletedTask;

    private static Worker Worker(int id) => new(id, $"w{id}", $"w{id}", default, id, null, []);

    private Task HoldAsync(int worker, int fromDays, int toDays, DateTimeOffset until) => _holds.PlaceAsync(
        Administrator, [Worker(worker)], null, Now.AddDays(-fromDays).ToUnixTimeMilliseconds(), Now.AddDays(-toDays).ToUnixTimeMilliseconds(), until, new AuditReason("complaint", "C-1"), Now, default);

    private Task<Deleted> SweepAsync(DateTimeOffset? at = null) => Sweep(at ?? Now, batch: 5_000).RunAsync(Nothing, default);

    private RetentionSweep Sweep(DateTimeOffset at, int batch) => new(
        _backends.DataSource, _rules, _areas, Options.Create(new TrackKeepingOptions { BatchRows = batch }), Options.Create(new CenterOptions()), new StandingClock(at));

    private async Task<int[]> DaysLeftAsync(int worker) =>
        [.. (await _connection.QueryAsync<long>("select first_ms from track_parts where worker_id = @worker order by first_ms", new { worker }))
            .Select(ms => (int)Math.Round((Now - DateTimeOffset.FromUnixTimeMilliseconds(ms)).TotalDays))];

    private sealed class StandingClock(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at;
    }
}
