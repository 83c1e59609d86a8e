using CommandCenter.Access;
using CommandCenter.Contracts.Access;
using CommandCenter.Contracts.Workers;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Storage;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Keeping;
using CommandCenter.Tracks.Meaning;
using CommandCenter.Web;
using CommandCenter.Workers;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.IntegrationTests.Tracks;

/// <summary>An erasure that is cut off at any step while days are summed up beside it ends with nothing of the person, and nothing is made of it again.</summary>
public sealed class ErasureCutOffTests
{
    private const int Days = 4;

    /// <summary>What is erased beside tracks: days, their notes, people's notes, what was set aside, what devices were heard and refused.</summary>
    private const int Others = 6;

    private const int Steps = Others + Days;

    private Backends _backends = null!;
    private NpgsqlConnection _connection = null!;
    private ServiceProvider _services = null!;
    private ErasureStore _store = null!;
    private TrackEraser _eraser = null!;
    private StepClock _clock = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _backends = await Backends.FreshAsync();
        _connection = await _backends.DataSource.OpenConnectionAsync();
        await _connection.ExecuteAsync("""
            insert into areas (code, parent_id, kind, name, created_at) values ('14', null, 0, 'all', now());
            insert into workers (code, name, role, home_area_id, created_at, changed_version) values ('w1', 'w1', 0, 1, now(), 1);
            """);
        _services = new ServiceCollection().AddMetrics().AddSingleton<KeepingMetrics>().BuildServiceProvider();
        _store = new ErasureStore(_backends.DataSource, new AuditStore(_backends.DataSource, null!, TimeProvider.System));
        _clock = new StepClock();
        _eraser = new TrackEraser(
            _backends.DataSource, _store, [], _services.GetRequiredService<KeepingMetrics>(), Options.Create(new TrackKeepingOptions()), Options.Create(new CenterOptions()), _clock, NullLogger<TrackEraser>.Instance);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _services.DisposeAsync();
        await _connection.DisposeAsync();
        await _backends.DisposeAsync();
    }

    /// <summary>Each table that is no track is a step of the erasure, then each day of tracks: it is cut off within its transaction, before it deletes.</summary>
    [Test]
    public async Task NothingOfThePersonIsMadeAgain([Range(1, Steps)] int step)
    {
        for (var day = 1; day <= Days; day++)
        {
            var at = DateTimeOffset.UtcNow.AddDays(-day);
            await TrackRows.InsertAsync(_connection, TrackRows.Piece(1, at));
            await _connection.ExecuteAsync("insert into track_days_due values (1, @hour)", new { hour = TrackPiece.HourOf(at.ToUnixTimeMilliseconds()) });
        }

        await SumUpAsync();
        Assert.That(await CountAsync("track_days"), Is.EqualTo(Days));

        var id = await OrderAsync();
        using (var end = new CancellationTokenSource())
        {
            _clock.At(step, () =>
            {
                // Notes come back and are summed up in the midst of it: a piece stored a moment before the order.
                BesideAsync().GetAwaiter().GetResult();
                end.Cancel();
            });
            await Assert.CatchAsync<OperationCanceledException>(async () => await _eraser.ContinueAsync(id, end.Token));
        }

        await SumUpAsync();
        await _eraser.ContinueAsync(id, default);
        await SumUpAsync();
        await SumUpAsync();

        Assert.That(_clock.Asked - step, Is.EqualTo(Steps - Math.Max(0, step - Others - 1) + 1), "these are all steps, and the end: days that went do not come again");
        Assert.That(await CountAsync("track_parts"), Is.Zero);
        Assert.That(await CountAsync("track_days_due"), Is.Zero);
        Assert.That(await CountAsync("track_days"), Is.Zero);
        var row = (await _store.FindAsync(id, default))!;
        Assert.That(row.FinishedAt, Is.Not.Null);
        Assert.That((await _store.CountsAsync(id, default)).Single(table => table.Table == "track_pieces").Fixes, Is.EqualTo(2 * Days), "each counted once");
    }

    /// <summary>The endpoint and the keeper, or the keepers of two nodes: what the second counted would change a receipt that the first has signed.</summary>
    [Test]
    public async Task WhileOneGoesOnWithAnErasureNobodyElseDoes()
    {
        await TrackRows.InsertAsync(_connection, TrackRows.Piece(1, DateTimeOffset.UtcNow.AddDays(-1)));
        var id = await OrderAsync();
        await _connection.ExecuteAsync("select pg_advisory_lock(0x45726173, @key)", new { key = (int)id });

        Assert.That((await _eraser.ContinueAsync(id, default)).Rows, Is.Zero);
        Assert.That(await CountAsync("track_parts"), Is.EqualTo(1));

        await _connection.ExecuteAsync("select pg_advisory_unlock(0x45726173, @key)", new { key = (int)id });
        await _eraser.BeginAsync(id, TimeSpan.FromMinutes(1));
        Assert.That(await CountAsync("track_parts"), Is.Zero);
        Assert.That((await _store.FindAsync(id, default))!.FinishedAt, Is.Not.Null);
    }

    /// <summary>It is ordered, and the keeper will go on: whoever ordered it is not told of a failure as if nothing had been.</summary>
    [Test]
    public async Task AFailureIsNoAnswerToWhoeverOrderedIt()
    {
        await TrackRows.InsertAsync(_connection, TrackRows.Piece(1, DateTimeOffset.UtcNow.AddDays(-1)));
        var id = await OrderAsync();
        _clock.At(1, () => throw new InvalidOperationException("a fault"));

        await Assert.ThatAsync(() => _eraser.BeginAsync(id, TimeSpan.FromMinutes(1)), Throws.Nothing);
        Assert.That(await CountAsync("track_parts"), Is.EqualTo(1));
        await _eraser.ContinueAsync(id, default);
        Assert.That(await CountAsync("track_parts"), Is.Zero);
    }

    private async Task<long> OrderAsync() => (await _store.OrderAsync(
        new Viewer(1, "administrator", AccountRole.Administrator, 1),
        new Worker(1, "w1", "w1", default(WorkerRole), 1, null, []),
        new AuditReason("on request", null),
        DateTimeOffset.UtcNow,
        TimeSpan.FromHours(1),
        default)).Id;

    private async Task BesideAsync()
    {
        await using var connection = await _backends.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync("insert into track_days_due select 1, hour_ms from track_parts");
        await SumUpAsync();
    }

    private async Task SumUpAsync()
    {
        using var job = new TrackDayJob(
            new TrackStore(_backends.DataSource),
            new TrackDayStore(_backends.DataSource),
            _backends.Redis,
            new SchemaMigrations(_backends.DataSource, NullLogger<SchemaMigrations>.Instance),
            TimeProvider.System,
            Options.Create(new CenterOptions()),
            Options.Create(new TrackMeaningOptions()),
            NullLogger<TrackDayJob>.Instance);
        await job.StepAsync(default);
    }

    private Task<int> CountAsync(string table) => _connection.QuerySingleAsync<int>($"select count(*)::int from {table} where worker_id = 1");

    /// <summary>The erasure asks for the time once in each of its transactions: a step is told by it.</summary>
    private sealed class StepClock : TimeProvider
    {
        private int _step;
        private Action _act = () => { };

        public int Asked { get; private set; }

        public void At(int step, Action act) => (_step, _act, Asked) = (step, act, 0);

        public override DateTimeOffset GetUtcNow()
        {
            if (++Asked == _step)
            {
                _act();
            }

            return System.GetUtcNow();
        }
    }
}
