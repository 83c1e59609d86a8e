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

/// <summary>Summaries of days go when their keeping is over and no sooner; a hold keeps them as it keeps tracks.</summary>
public sealed class SummaryRetentionTests
{
    /// <summary>Four in the morning in Taiyuan.</summary>
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 20, 0, 0, TimeSpan.Zero);
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
    public async Task WhatIsOlderThanTwoYearsGoesByTheCentersDays()
    {
        await SummedAsync(1, 800, 731, 730, 729, 1);
        await SummedAsync(77, 731);

        Assert.That(await SweepAsync(), Is.EqualTo(new Deleted(3, 0)), "one of nobody on the roster, too");
        Assert.That(await DaysLeftAsync(1), Is.EqualTo(new[] { 730, 729, 1 }), "the day that ends within the two years is kept");
        Assert.That(await SweepAsync(), Is.EqualTo(default(Deleted)));
    }

    [Test]
    public async Task WhereRawTracksAreKeptLongerSoAreTheirSummaries()
    {
        await SummedAsync(1, 900, 800);
        await SummedAsync(2, 900, 800);
        await _rules.SetAsync(Administrator, 2, 850, new AuditReason("a long inquiry", null), Now, default);

        await SweepAsync();

        Assert.That((await DaysLeftAsync(1), await DaysLeftAsync(2)), Is.EqualTo((Array.Empty<int>(), new[] { 800 })));
    }

    [Test]
    public async Task AHoldKeepsTheDaysItTouchesUntilItIsOver()
    {
        await SummedAsync(1, 803, 802, 801, 800);
        await SummedAsync(2, 802);

        // From the last minute of one day of Taiyuan's to the first of the next.
        var midnight = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.FromHours(8)).AddDays(-801);
        await _holds.PlaceAsync(
            Administrator,
            [new Worker(1, "w1", "w1", default, 1, null, [])],
            null,
            midnight.AddMinutes(-1).ToUnixTimeMilliseconds(),
            midnight.AddMinutes(1).ToUnixTimeMilliseconds(),
            Now.AddDays(30),
            new AuditReason("complaint", "C-1"),
            Now,
            default);

        await SweepAsync();
        Assert.That((await DaysLeftAsync(1), await DaysLeftAsync(2)), Is.EqualTo((new[] { 802, 801 }, Array.Empty<int>())));

        await SweepAsync(Now.AddDays(31));
        Assert.That(await DaysLeftAsync(1), Is.Empty, "until its moment");
    }

    [Test]
    public async Task StoppedAnywhereItGoesOnFromThere()
    {
        foreach (var worker in Enumerable.Range(100, 10))
        {
            await SummedAsync(worker, 803, 802);
        }

        var steps = 0;
        await Assert.ThrowsAsync<OperationCanceledException>(() => Sweep(Now, batch: 4).RunAsync(
            (_, _) => ++steps == 3 ? throw new OperationCanceledException() : Task.CompletedTask, default));
        Assert.That(await _connection.QuerySingleAsync<int>("select count(*)::int from track_days"), Is.EqualTo(10), "four, four and two of the oldest day");

        Assert.That(await SweepAsync(), Is.EqualTo(new Deleted(10, 0)));
    }

    private static Task Nothing(Deleted step, CancellationToken cancellationToken) => Task.CompletedTask;

    private Task<Deleted> SweepAsync(DateTimeOffset? at = null) => Sweep(at ?? Now, batch: 5_000).RunAsync(Nothing, default);

    private SummarySweep Sweep(DateTimeOffset at, int batch) => new(
        _backends.DataSource, _rules, _areas, Options.Create(new TrackKeepingOptions { BatchRows = batch }), Options.Create(new CenterOptions()), new StandingClock(at));

    /// <summary>Days of Taiyuan's, so many before its 23 November.</summary>
    private Task SummedAsync(int worker, params int[] daysAgo) => _connection.ExecuteAsync(
        "insert into track_days (worker_id, day, marks, summed_at, fixes) select @worker, date '2026-11-23' - d, 1, now(), 2 from unnest(@daysAgo) as d", new { worker, daysAgo });

    private async Task<int[]> DaysLeftAsync(int worker) =>
        [.. await _connection.QueryAsync<int>("select date '2026-11-23' - day from track_days where worker_id = @worker order by day", new { worker })];

    private sealed class StandingClock(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at;
    }
}
