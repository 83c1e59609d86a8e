using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using CommandCenter.Contracts.Tracks;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.IntegrationTests.Line;
using CommandCenter.Storage.Embedded;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Reading;
using Dapper;
using Npgsql;

namespace CommandCenter.IntegrationTests.Tracks;

/// <summary>What readers of tracks notice of a backend that is away, of readers who leave, and of too many; and folding through the death of PostgreSQL.</summary>
public sealed class TrackReadingFaultTests
{
    private TemporaryFolder _folder = null!;
    private DemoCenter _center = null!;
    private string _token = "";

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _center = await DemoCenter.OfAsync(await ServerProcess.StartAsync(
            _folder.Path, "--TrackWriter:FlushSeconds=0.1", "--TrackFolding:LookSeconds=0.05", "--TrackFolding:Pieces=2", "--Tracks:ReadersAtOnce=2"));
        _token = await _center.SignInAsync("dispatcher");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _center.Server.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task WhileRedisIsAwayAReadIs503WithRetryAfterAndThenAllIsThere()
    {
        var now = Now();
        await Eventually.TrueAsync(async () => await _center.SendFixAsync(_center.Devices[0], now) == HttpStatusCode.OK, "a fix");
        var redis = _center.Server.Services.Redis!.Pid;
        Send("STOP", redis);
        try
        {
            using var answer = await GetAsync(now - 60_000, now + 60_000);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable), "a track with a hole that nobody can see would be worse");
            Assert.That(answer.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
        }
        finally
        {
            Send("CONT", redis);
        }

        await Eventually.TrueAsync(async () => (await FixesAsync(now - 60_000, now + 60_000)).Contains(now), "complete again, and no place is lost");
    }

    [Test]
    public async Task AReaderWhoLeavesMidwayFreesThePlaceAndEndsTheStatement()
    {
        var (from, to) = await StoreLongAsync();
        await using var postgres = NpgsqlDataSource.Create(StoredTracks.ConnectionString(_center.Server));
        for (var n = 0; n < 4; n++)
        {
            // There are two places: one that was not given back would be missed at the third.
            await Eventually.TrueAsync(async () => (await GetAsync(from, from + 1_000)).StatusCode == HttpStatusCode.OK, "a place is free");
            await using var wall = await WallClient.ConnectAsync(_center.Server, _token);
            await using var chunks = wall.Tracks(new TrackRequest { Workers = [_center.Devices[1].Worker], From = from, To = to, Reason = "x" }).GetAsyncEnumerator();
            Assert.That(await chunks.MoveNextAsync(), Is.True);
            Assert.That(chunks.Current.End, Is.Null, "there is more to come");
        }

        await using var connection = await postgres.OpenConnectionAsync();
        await Eventually.TrueAsync(
            async () => await connection.QuerySingleAsync<int>(
                "select count(*)::int from pg_stat_activity where state <> 'idle' and query like '%from track_parts%' and pid <> pg_backend_pid()") == 0,
            "no statement is left");
    }

    [Test]
    public async Task PastTheLimitIs429WithRetryAfterAndAPlaceComesFree()
    {
        var (from, to) = await StoreLongAsync();
        var readers = new List<HttpResponseMessage>();
        try
        {
            for (var n = 0; n < 2; n++)
            {
                // Whoever reads the headers alone holds the place: the body waits for its reader.
                readers.Add(await GetAsync(from, to, HttpCompletionOption.ResponseHeadersRead));
                Assert.That(readers[^1].StatusCode, Is.EqualTo(HttpStatusCode.OK));
            }

            using var third = await GetAsync(from, to, HttpCompletionOption.ResponseHeadersRead);
            Assert.That(third.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That(third.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
            Assert.That((await third.ReadJsonAsync()).GetProperty("reason").GetString(), Is.EqualTo("too-many-readers"));
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }

        await Eventually.TrueAsync(async () => (await GetAsync(from, from + 1_000)).StatusCode == HttpStatusCode.OK, "those who left gave theirs back");
    }

    [Test]
    public async Task APostgresKilledWhileItFoldsLosesNothingAndTwiceNothing()
    {
        var device = _center.Devices[2];
        var sent = new List<long>();
        for (var round = 0; round < 3; round++)
        {
            for (var n = 0; n < 15; n++)
            {
                await SendAsync();
                await Task.Delay(60);
            }

            ChildCommand.Send(_center.Server.Services.Postgres!.Pid, Signal.Kill);
        }

        await using var postgres = NpgsqlDataSource.Create(StoredTracks.ConnectionString(_center.Server));
        await Eventually.TrueAsync(async () => !sent.Except(await StoredTracks.TimesAsync(postgres)).Any(), "all is stored", TimeSpan.FromSeconds(60));
        await using var connection = await postgres.OpenConnectionAsync();
        var worker = await connection.QuerySingleAsync<int>("select id from workers where code = @code", new { code = device.Worker });
        await Eventually.TrueAsync(
            async () =>
            {
                // On a busy machine all may have been written as one piece, and a second one is what folding waits for.
                await SendAsync();
                return await connection.QuerySingleAsync<long>("select coalesce(sum(fixes), 0) from track_segments where worker_id = @worker", new { worker }) > 0;
            },
            "something is folded",
            TimeSpan.FromSeconds(60));
        await Eventually.TrueAsync(async () => !sent.Except(await StoredTracks.TimesAsync(postgres)).Any(), "the last are stored as well", TimeSpan.FromSeconds(60));
        Assert.That(await connection.QuerySingleAsync<long>("select sum(fixes) from track_parts where worker_id = @worker", new { worker }), Is.EqualTo(sent.Count), "and nothing is there twice");

        async Task SendAsync()
        {
            var at = Now();
            await Eventually.TrueAsync(async () => await _center.SendFixAsync(device, at) == HttpStatusCode.OK, "an answer of 200");
            sent.Add(at);
        }
    }

    private static void Send(string signal, int pid)
    {
        using var kill = Process.Start("kill", ["-" + signal, pid.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    /// <summary>Three days of a worker with a fix each second, of which no two are alike: megabytes, more than the buffers on the way hold.</summary>
    private async Task<(long From, long To)> StoreLongAsync()
    {
        var from = TrackPiece.HourOf(Now()) - (80 * TrackPiece.HourMilliseconds);
        var to = from + (72 * TrackPiece.HourMilliseconds);
        await using var connection = new NpgsqlConnection(StoredTracks.ConnectionString(_center.Server));
        await connection.OpenAsync();
        var worker = await connection.QuerySingleAsync<int>("select id from workers where code = @code", new { code = _center.Devices[1].Worker });
        if (await connection.QuerySingleAsync<long>("select coalesce(sum(fixes), 0) from track_parts where worker_id = @worker and hour_ms >= @from and hour_ms < @to", new { worker, from, to }) > 0)
        {
            return (from, to);
        }

        var random = new Random(1);
        for (var hour = from; hour < to; hour += TrackPiece.HourMilliseconds)
        {
            await TrackRows.InsertAsync(connection, TrackPiece.From([.. Enumerable.Range(0, 3_600).Select(n => TrackRows.Fix(worker, hour + (n * 1_000)) with
            {
                LongitudeE7 = 1_125_600_000 + random.Next(10_000_000),
                LatitudeE7 = 378_600_000 + random.Next(10_000_000),
                SpeedCmps = (ushort)random.Next(3_000),
                HeadingDeci = (ushort)random.Next(3_600),
            })]));
        }

        return (from, to);
    }

    private async Task<HttpResponseMessage> GetAsync(long from, long to, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        var workers = $"{_center.Devices[0].Worker},{_center.Devices[1].Worker}";
        using var request = new HttpRequestMessage(HttpMethod.Get, string.Create(
            CultureInfo.InvariantCulture, $"/api/tracks?workers={workers}&from={TrackJsonBody.Text(from)}&to={TrackJsonBody.Text(to)}&reason=x"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        return await _center.Server.Http.SendAsync(request, completion);
    }

    private async Task<List<long>> FixesAsync(long from, long to)
    {
        using var answer = await GetAsync(from, to);
        return answer.StatusCode != HttpStatusCode.OK
            ? []
            : [.. (await answer.ReadJsonAsync()).GetProperty("segments").EnumerateArray().SelectMany(segment => segment.GetProperty("at").EnumerateArray()).Select(at => at.GetInt64())];
    }
}
