using System.Globalization;
using System.Net;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.IntegrationTests.Line;
using Dapper;

namespace CommandCenter.IntegrationTests.Tracks;

/// <summary>The folder where it works: in a server that writes pieces all the time, and dies.</summary>
public sealed class TrackFolderTests
{
    private static readonly string[] Eager =
    [
        "--demo", "--TrackWriter:FlushSeconds=0.1", "--TrackWriter:LeaseSeconds=2",
        "--TrackFolding:LookSeconds=0.05", "--TrackFolding:Pieces=2", "--TrackFolding:LeaseSeconds=2",
    ];

    [Test]
    public async Task AServerThatIsKilledWhileItFoldsLosesNothing()
    {
        await using var demo = await DemoServer.StartAsync(Eager[1..]);
        var device = demo.Secrets.Devices[0];
        var sent = new List<long>();
        var server = demo.Server;
        for (var round = 0; round < 2; round++)
        {
            for (var n = 0; n < 20; n++)
            {
                var at = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
                using var answer = await server.Http.GetAsync(string.Create(
                    CultureInfo.InvariantCulture, $"/osmand?id={device.OsmandId}&timestamp={at}&lat=37.86&lon=112.57&accuracy=8"));
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
                sent.Add(at);
                await Task.Delay(60);
            }

            await server.KillAsync();
            if (round > 0)
            {
                await server.DisposeAsync();
            }

            server = await demo.LaunchAsync(demo.Folder, Eager);
        }

        await using var last = server;
        await Eventually.TrueAsync(async () => (await StoredTracks.TimesAsync(demo.Backends.DataSource)).Count == sent.Count, "all is stored");
        Assert.That(await StoredTracks.TimesAsync(demo.Backends.DataSource), Is.EqualTo(sent));
        await using var connection = await demo.Backends.DataSource.OpenConnectionAsync();
        await Eventually.TrueAsync(async () => await connection.QuerySingleAsync<long>("select coalesce(sum(fixes), 0) from track_segments") > 0, "something is folded");
        Assert.That(await connection.QuerySingleAsync<long>("select sum(fixes) from track_parts"), Is.EqualTo(sent.Count), "and nothing is there twice");
    }
}
