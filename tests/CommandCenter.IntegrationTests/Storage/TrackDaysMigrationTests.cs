using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Storage;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.IntegrationTests.Storage;

/// <summary>Days summed up under an older schema say after 0018 whether something of them may be lost for good.</summary>
public sealed class TrackDaysMigrationTests
{
    private Backends _backends = null!;

    [SetUp]
    public async Task StartAsync() => _backends = await Backends.FreshAsync(withSchema: false);

    [TearDown]
    public async Task StopAsync() => await _backends.DisposeAsync();

    [Test]
    public async Task OldDaysThatLackSomethingOrWereNotSummedUpAreLostSinceThen()
    {
        var files = SchemaMigrations.FilesOf(typeof(SchemaMigrations).Assembly);
        var migrations = new SchemaMigrations(_backends.DataSource, NullLogger<SchemaMigrations>.Instance);
        await migrations.RunAsync([.. files.Where(file => file.Number < 18)], CancellationToken.None);
        await using var connection = await _backends.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync("""
            insert into track_days (worker_id, day, marks, summed_at, due_since, incomplete_since, raw_dropped_at) values
                (1, '2026-03-10', 1, '2026-03-11Z', null, null, null),
                (2, '2026-03-10', 1, '2026-03-11Z', null, null, '2026-06-10Z'),
                (3, '2026-03-10', 1, null, null, null, '2026-06-10Z'),
                (4, '2026-03-10', 1, '2026-03-11Z', '2026-06-09Z', null, '2026-06-10Z'),
                (5, '2026-03-10', 1, '2026-03-11Z', null, '2026-06-12Z', '2026-06-10Z'),
                (6, '2026-03-10', 1, '2026-03-11Z', null, null, '2026-06-10Z'),
                (7, '2026-03-10', 1, '2026-03-11Z', null, null, '2026-06-10Z'),
                (8, '2026-03-10', 1, null, '2026-03-11Z', null, null);
            insert into track_days_due (worker_id, hour_ms) values
                (1, extract(epoch from timestamptz '2026-03-10 08:00Z')::bigint * 1000),
                (6, extract(epoch from timestamptz '2026-03-09 20:00Z')::bigint * 1000),
                (7, extract(epoch from timestamptz '2026-03-12 20:00Z')::bigint * 1000);
            """);

        await migrations.RunAsync(files, CancellationToken.None);

        var lost = (await connection.QueryAsync<(int Worker, string? Since)>(
            "select worker_id, to_char(lost_since at time zone 'utc', 'MM-DD') from track_days order by worker_id")).Select(row => (row.Worker, row.Since));
        Assert.That(lost, Is.EqualTo(new (int, string?)[]
        {
            (1, null), // all of it is there
            (2, null), // summed up whole before its track went
            (3, "06-10"), // never summed up
            (4, "06-10"), // not as it was when it went
            (5, "06-12"), // said itself that it lacks something
            (6, "06-10"), // a note of the day, which begins the UTC day before
            (7, null), // a note of another day
            (8, null), // nothing went
        }));
    }
}
