using System.Diagnostics.Metrics;
using CommandCenter.Access;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Tracks.Keeping;
using CommandCenter.Web;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CommandCenter.IntegrationTests.Tracks;

/// <summary>Erasures that fail.</summary>
public sealed class ErasureFaultTests
{
    [Test]
    public async Task OneThatFailsHoldsUpNoneOfTheOthersAndIsGoneOnWith()
    {
        await using var backends = await Backends.FreshAsync();
        await using var connection = await backends.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync("""
            insert into areas (code, parent_id, kind, name, created_at) values ('14', null, 0, 'all', now());
            insert into workers (code, name, role, home_area_id, created_at, changed_version)
            values ('w1', 'w1', 0, 1, now(), 1), ('w2', 'w2', 0, 1, now(), 1), ('w3', 'w3', 0, 1, now(), 1);
            insert into track_erasures (worker_id, requested_at, until_ms, account_id, user_name, reason, settles_at)
            select w, now(), extract(epoch from now())::bigint * 1000, 1, 'administrator', 'x', now() from unnest(array[1, 2, 3]) as w;
            create function refuse() returns trigger language plpgsql as $$ begin raise 'no room'; end $$;
            create trigger refuses before insert on track_erasure_counts for each row when (new.erasure_id = 2) execute function refuse();
            """);
        foreach (var worker in (int[])[1, 2, 3])
        {
            await TrackRows.InsertAsync(connection, TrackRows.Piece(worker, DateTimeOffset.UtcNow.AddDays(-2)));
        }

        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var store = new ErasureStore(backends.DataSource, new AuditStore(backends.DataSource, null!, TimeProvider.System));
        var eraser = new TrackEraser(
            backends.DataSource,
            store,
            [],
            new KeepingMetrics(services.GetRequiredService<IMeterFactory>()),
            Options.Create(new TrackKeepingOptions()),
            Options.Create(new CenterOptions()),
            TimeProvider.System,
            NullLogger<TrackEraser>.Instance);

        await eraser.ContinueAllAsync(CancellationToken.None);
        Assert.That((await LeftAsync(), await OpenAsync()), Is.EqualTo((new[] { 2 }, new[] { 2 })), "the next has been erased all the same");

        await connection.ExecuteAsync("drop trigger refuses on track_erasure_counts");
        await eraser.ContinueAllAsync(CancellationToken.None);
        Assert.That((await LeftAsync(), await OpenAsync()), Is.EqualTo((Array.Empty<int>(), Array.Empty<int>())), "and the one that failed with the next round");

        async Task<int[]> LeftAsync() => [.. await connection.QueryAsync<int>("select worker_id from track_pieces order by 1")];
        async Task<int[]> OpenAsync() => [.. await connection.QueryAsync<int>("select worker_id from track_erasures where finished_at is null order by 1")];
    }
}
