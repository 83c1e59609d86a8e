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

/// <summary>An erasure that is cut off at any moment while days are summed up beside it ends with nothing of the person, and nothing is made of it again.</summary>
public sealed class ErasureCutOffTests
{
    private const int Days = 4;

    private Backends _backends = null!;
    private NpgsqlConnection _connection = null!;
    private ServiceProvider _services = null!;
    private ErasureStore _store = null!;
    private TrackEraser _eraser = null!;

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
        _eraser = new TrackEraser(
            _backends.DataSource, _store, _services.GetRequiredService<KeepingMetrics>(), Options.Create(new TrackKeepingOptions { PauseMilliseconds = 100 }), Options.Create(new CenterOptions()), TimeProvider.System);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _services.DisposeAsync();
        await _connection.DisposeAsync();
        await _backends.DisposeAsync();
    }

    [TestCase(0)]
    [TestCase(5)]
    [TestCase(15)]
    [TestCase(30)]
    [TestCase(60)]
    public async Task NothingOfThePersonIsMadeAgain(int milliseconds)
    {
        for (var day = 1; day <= Days; day++)
        {
            var at = DateTimeOffset.UtcNow.AddDays(-day);
            await TrackRows.InsertAsync(_connection, TrackRows.Piece(1, at));
            await _connection.ExecuteAsync("insert into track_days_due values (1, @hour)", new { hour = TrackPiece.HourOf(at.ToUnixTimeMilliseconds()) });
        }

        await SumUpAsync();
        Assert.That(await CountAsync("track_days"), Is.EqualTo(Days));

        var (id, _) = await _store.OrderAsync(
            new Viewer(1, "administrator", AccountRole.Administrator, 1),
            new Worker(1, "w1", "w1", default(WorkerRole), 1, null, []),
            new AuditReason("on request", null),
            DateTimeOffset.UtcNow,
            TimeSpan.FromHours(1),
            default);
        using (var end = new CancellationTokenSource(milliseconds))
        {
            // Notes come back meanwhile: a piece stored a moment before the order.
            var beside = SumUpAsync();
            await _connection.ExecuteAsync("insert into track_days_due select 1, hour_ms from track_parts");
            await Task.WhenAny(_eraser.ContinueAsync((await _store.FindAsync(id, default))!, end.Token));
            await beside;
        }

        await SumUpAsync();
        await _eraser.ContinueAsync((await _store.FindAsync(id, default))!, default);
        await SumUpAsync();
        await SumUpAsync();

        Assert.That(await CountAsync("track_parts"), Is.Zero);
        Assert.That(await CountAsync("track_days_due"), Is.Zero);
        Assert.That(await CountAsync("track_days"), Is.Zero);
        var row = (await _store.FindAsync(id, default))!;
        Assert.That(row.FinishedAt, Is.Not.Null);
        Assert.That((await _store.CountsAsync(id, default)).Single(table => table.Table == "track_pieces").Fixes, Is.EqualTo(2 * Days), "each counted once");
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
}
