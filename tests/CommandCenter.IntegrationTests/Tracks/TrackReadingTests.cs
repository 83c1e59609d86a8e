using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Contracts.Wall;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Folding;
using CommandCenter.Tracks.Meaning;
using CommandCenter.Tracks.Reading;
using Dapper;
using MessagePack;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;

namespace CommandCenter.IntegrationTests.Tracks;

/// <summary>
/// Tracks through the hub's WebSocket and for scripts, on a server whose log has two partitions and is not written to tracks while the tests run: what is answered of
/// what phones just sent can only come from the log.
/// </summary>
public sealed class TrackReadingTests
{
    private const long Minute = 60_000;
    private DemoServer _demo = null!;
    private string _dispatcher = "";
    private string _subdistrict = "";
    private long _hour;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _demo = await DemoServer.StartAsync("--PositionLog:Partitions=2", "--TrackWriter:FlushSeconds=300", "--TrackFolding:Enabled=false");
        _dispatcher = await TokenAsync("dispatcher");
        _subdistrict = await TokenAsync("dispatcher-140106004");
        _hour = TrackPiece.HourOf(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()) - (5 * TrackPiece.HourMilliseconds);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _demo.DisposeAsync();

    [Test]
    public async Task WhatAPhoneWasAnsweredForAMomentAgoIsInTheAnswer()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        foreach (var device in _demo.Secrets.Devices)
        {
            using var answer = await _demo.Server.Http.GetAsync(string.Create(
                CultureInfo.InvariantCulture, $"/osmand?id={device.OsmandId}&timestamp={now}&lat=37.86&lon=112.57&speed=1&accuracy=8&batt=41"));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        var answered = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var (fixes, end) = await HubAsync(_dispatcher, Of(now - Minute, now + Minute, [.. _demo.Secrets.Devices.Select(device => device.Worker)]));

        Assert.That(fixes.Keys, Is.EquivalentTo(_demo.Secrets.Devices.Select(device => device.Worker)));
        Assert.That(fixes.Values.Select(track => track[^1].FixTimeMs), Is.All.EqualTo(now));
        Assert.That(end.Complete, Is.GreaterThanOrEqualTo(answered - 5).And.LessThan(answered + Minute));
        Assert.That(end.Workers, Is.EqualTo(_demo.Secrets.Devices.Count));

        var (_, card) = await _demo.CallAsync("dispatcher", "GET", $"/api/workers/{_demo.Secrets.Devices[0].Worker}/track");
        Assert.That(card.GetProperty("at").EnumerateArray().Last().GetInt64(), Is.EqualTo(now), "the card is complete, too");
    }

    [Test]
    public async Task SegmentsLatePiecesAndEdgesAreOneTrack()
    {
        var worker = _demo.Secrets.Devices[0].Worker;
        var id = await IdOfAsync(worker);
        await StoreAsync(true, Walk(id, _hour, 0, 3_600, 5));
        await StoreAsync(false, Walk(id, _hour, 1_801, 60, 5), Walk(id, _hour + TrackPiece.HourMilliseconds, 0, 600, 5));

        var (fixes, end) = await HubAsync(_dispatcher, Of(_hour + (10 * Minute), _hour + (65 * Minute), worker));

        var expected = Enumerable.Range(0, 60 * 12).Select(n => _hour + (n * 5_000L))
            .Concat(Enumerable.Range(0, 12).Select(n => _hour + ((1_801 + (n * 5)) * 1_000L)))
            .Concat(Enumerable.Range(0, 120).Select(n => _hour + TrackPiece.HourMilliseconds + (n * 5_000L)))
            .Where(ms => ms >= _hour + (10 * Minute) && ms < _hour + (65 * Minute)).Order();
        Assert.That(fixes[worker].Select(fix => fix.FixTimeMs), Is.EqualTo(expected));
        Assert.That(end.Fixes, Is.EqualTo(fixes[worker].Count));
    }

    [Test]
    public async Task ForAnAreaThoseAreToldWhoWereInItThenWhoAreAtHomeInTheViewersAndTheOthersAreCounted()
    {
        var hour = _hour - (2 * TrackPiece.HourMilliseconds);
        var (inside, border, outside) = await HomesAsync();
        var place = await InsideOfAsync("140106004");
        await StoreAsync(true, Walk(inside, hour, 0, 600, 5, place));
        await StoreAsync(true, Walk(border, hour, 0, 600, 5, (112.0, 37.0)), Walk(outside, hour, 0, 600, 5, place));
        await StoreAsync(false, Walk(border, hour, 600, 5, 5, place));

        var request = Of(hour, hour + TrackPiece.HourMilliseconds) with { Workers = null, Area = "140106004" };
        var (seen, end) = await HubAsync(_subdistrict, request);
        var (early, _) = await HubAsync(_subdistrict, request with { To = hour + (10 * Minute) });
        var (all, allEnd) = await HubAsync(_dispatcher, request);

        Assert.That(seen.Keys, Is.EquivalentTo(new[] { await CodeOfAsync(inside), await CodeOfAsync(border) }));
        Assert.That(end.Outside, Is.EqualTo(1));
        Assert.That(early.Keys, Is.EquivalentTo(new[] { await CodeOfAsync(inside) }), "the other came later");
        Assert.That(all, Has.Count.EqualTo(3));
        Assert.That(allEnd.Outside, Is.Zero);
    }

    [Test]
    public async Task EachWorkerHasARowOnTheAuditTrailWithTheIntervalTheReasonAndTheCase()
    {
        string[] codes = [_demo.Secrets.Devices[0].Worker, _demo.Secrets.Devices[1].Worker];
        await HubAsync(_dispatcher, Of(_hour, _hour + Minute, codes) with { Reason = "走访", Case = "A-17" });

        var (_, audit) = await _demo.CallAsync("administrator", "GET", "/api/audit?limit=200&action=open-track");
        var rows = audit.GetProperty("items").EnumerateArray().Where(row => row.GetProperty("reason").GetString() == "走访 [A-17]").ToList();
        Assert.That(rows.Select(row => row.GetProperty("worker").GetString()), Is.EquivalentTo(codes));
        Assert.That(rows[0].GetProperty("detail").GetString(), Does.StartWith($"{DateTimeOffset.FromUnixTimeMilliseconds(_hour):O}/"));
    }

    [Test]
    public async Task AReplayThatRunsIntoThePresentIsOneFollowingOnTheTrailHoweverOftenItAsks()
    {
        string[] codes = [_demo.Secrets.Devices[0].Worker, _demo.Secrets.Devices[1].Worker];
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var asked = Of(now - (10 * Minute), now, codes) with { Reason = "跟着看" };
        await using (var wall = await WallClient.ConnectAsync(_demo.Server, _dispatcher))
        {
            await ReadAsync(wall, asked);
            for (var n = 0; n < 6; n++)
            {
                now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
                await ReadAsync(wall, asked with { From = now - Minute, To = now });
            }

            Assert.That(await RowsAsync("open-track"), Is.EquivalentTo(codes));
            Assert.That(await RowsAsync("follow"), Is.EquivalentTo(codes), "not one for each asking");

            await ReadAsync(wall, asked with { From = now - (20 * Minute), To = now });
            Assert.That(await RowsAsync("open-track"), Is.EquivalentTo(codes.Concat(codes)), "what was before the following is another look");
            await ReadAsync(wall, asked with { From = now - Minute, To = now, Reason = "跟着看 2" });
            Assert.That(await RowsAsync("follow", "跟着看 2"), Is.EquivalentTo(codes), "another reason is another following");
        }

        await using var again = await WallClient.ConnectAsync(_demo.Server, _dispatcher);
        await ReadAsync(again, asked with { From = now - Minute, To = now });
        Assert.That(await RowsAsync("open-track"), Has.Count.EqualTo(6), "and so is another connection's");

        static async Task ReadAsync(WallClient wall, TrackRequest request)
        {
            await foreach (var _ in wall.Tracks(request))
            {
            }
        }

        async Task<List<string?>> RowsAsync(string action, string reason = "跟着看")
        {
            var (_, audit) = await _demo.CallAsync("administrator", "GET", $"/api/audit?limit=200&action={action}");
            var rows = audit.GetProperty("items").EnumerateArray().Where(row => row.GetProperty("reason").GetString() == reason).ToList();
            Assert.That(rows.Count(row => row.GetProperty("detail").GetString()!.StartsWith("track from ", StringComparison.Ordinal)), Is.EqualTo(action == "follow" ? rows.Count : 0));
            return rows.ConvertAll(row => row.GetProperty("worker").GetString());
        }
    }

    [Test]
    public async Task WhatMayNotBeAskedIsRefusedByNumber()
    {
        var worker = _demo.Secrets.Devices[0].Worker;
        var fine = Of(_hour, _hour + Minute, worker);
        await RefusedAsync(_dispatcher, fine with { Reason = null }, "428");
        await RefusedAsync(_dispatcher, fine with { From = _hour - (40 * 24 * TrackPiece.HourMilliseconds) }, "400");
        await RefusedAsync(_dispatcher, fine with { Workers = [worker, "no-such"] }, "403");
        await RefusedAsync(_subdistrict, fine with { Workers = null, Area = "140106" }, "403");
        await RefusedAsync(await TokenAsync("wall"), fine, "403");
        Assert.That(_demo.Server.Output, Does.Not.Contain("DefaultHubDispatcher"), "what the hub refused is no error of the server");

        var (status, problem) = await _demo.CallAsync("dispatcher", "GET", Path(worker, _hour, _hour + Minute));
        Assert.That((int)status, Is.EqualTo(428));
        Assert.That(problem.GetProperty("reason").GetString(), Is.EqualTo("reason-required"));
        Assert.That(problem.GetProperty("detail").GetString(), Does.Contain("X-Audit-Reason"));
    }

    [Test]
    public async Task ScriptsGetThemPackedOrAsJsonOrAsGeoJson()
    {
        var worker = _demo.Secrets.Devices[1].Worker;
        var hour = _hour + (3 * TrackPiece.HourMilliseconds);
        var id = await IdOfAsync(worker);
        await StoreAsync(true, Walk(id, hour, 0, 300, 5), Walk(id, hour, 900, 300, 5));
        var path = Path(worker, hour, hour + TrackPiece.HourMilliseconds);

        var json = JsonDocument.Parse(await GetAsync(path, "application/json")).RootElement;
        Assert.That(json.GetProperty("segments").EnumerateArray().SelectMany(segment => segment.GetProperty("at").EnumerateArray()).Count(), Is.EqualTo(120));
        Assert.That(json.GetProperty("fixes").GetInt64(), Is.EqualTo(120));

        var features = JsonDocument.Parse(await GetAsync(path, "application/geo+json")).RootElement.GetProperty("features");
        Assert.That(features.GetArrayLength(), Is.EqualTo(2), "nothing is drawn across the silence");
        Assert.That(features[0].GetProperty("geometry").GetProperty("coordinates").GetArrayLength(), Is.EqualTo(60));
        Assert.That(features[0].GetProperty("properties").GetProperty("times").GetArrayLength(), Is.EqualTo(60));

        var packed = await GetAsync(path, TrackChunk.PackedType);
        var chunk = MessagePackSerializer.Deserialize<TrackChunk>(packed.AsMemory(4, (int)BinaryPrimitives.ReadUInt32LittleEndian(packed)));
        Assert.That(chunk.Names!.Single().Worker, Is.EqualTo(worker));
        Assert.That(chunk.End!.Fixes, Is.EqualTo(120));
    }

    [Test]
    public async Task WhatIsDamagedIsLeftOutOfAnAnswerWhichSaysSo()
    {
        var worker = _demo.Secrets.Devices[2].Worker;
        var hour = _hour - (4 * TrackPiece.HourMilliseconds);
        var id = await IdOfAsync(worker);
        var place = await InsideOfAsync("140106004");
        await StoreAsync(true, Walk(id, hour, 0, 600, 5, place), Walk(id, hour + TrackPiece.HourMilliseconds, 0, 600, 5, place));
        var (_, stranger, _) = await HomesAsync();
        await StoreAsync(true, Walk(stranger, hour, 0, 600, 5, place));
        await using (var connection = await _demo.Backends.DataSource.OpenConnectionAsync())
        {
            await connection.ExecuteAsync("update track_segments set body = substr(body, 1, length(body) - 20) where hour_ms = @hour and worker_id = any(@ids)", new { hour, ids = new[] { id, stranger } });
        }

        var (fixes, end) = await HubAsync(_dispatcher, Of(hour, hour + (2 * TrackPiece.HourMilliseconds), worker));
        Assert.That((fixes[worker].Count, end.Unreadable), Is.EqualTo((120, 1)), "the other hour is told");

        foreach (var accept in (string[])["application/json", "application/geo+json"])
        {
            var told = JsonDocument.Parse(await GetAsync(Path(worker, hour, hour + (2 * TrackPiece.HourMilliseconds)), accept)).RootElement;
            Assert.That((told.GetProperty("fixes").GetInt64(), told.GetProperty("unreadable").GetInt32()), Is.EqualTo((120, 1)), accept);
        }

        foreach (var path in (string[])["/api/tracks/summary?workers=" + worker + "&", $"/api/workers/{worker}/track?"])
        {
            var asked = $"{path}from={TrackJsonBody.Text(hour)}&to={TrackJsonBody.Text(hour + (2 * TrackPiece.HourMilliseconds))}";
            var whole = $"{path}from={TrackJsonBody.Text(hour + TrackPiece.HourMilliseconds)}&to={TrackJsonBody.Text(hour + (2 * TrackPiece.HourMilliseconds))}";
            Assert.That(Encoding.UTF8.GetString(await GetAsync(asked, "application/json")), Does.Contain("\"fixes\":120").And.Contain("\"unreadable\":true"), "the other hour alone, and that it is not all");
            Assert.That(Encoding.UTF8.GetString(await GetAsync(whole, "application/json")), Does.Contain("\"fixes\":120").And.Contain("\"unreadable\":false"));
        }

        Assert.That(_demo.Server.Output.Split($"stored stretches of worker {id} are damaged").Length - 1, Is.EqualTo(2), "logged once for each answer");

        // Cut by the interval, both would have to be decoded to know whether anybody was there.
        var (seen, areaEnd) = await HubAsync(_dispatcher, Of(hour + Minute, hour + (8 * Minute)) with { Workers = null, Area = "140106004" });
        Assert.That((seen.Count, areaEnd.Unreadable), Is.EqualTo((0, 2)));
    }

    [TestCase("application/json", 9)]
    [TestCase("application/geo+json", 12)]
    public async Task WhatIsDamagedIsToldOfOnceThoughItIsReadTwice(string format, int hoursAgo)
    {
        var hour = _hour - (hoursAgo * TrackPiece.HourMilliseconds);
        var id = await IdOfAsync(_demo.Secrets.Devices[0].Worker);
        await StoreAsync(true, Walk(id, hour, 0, 600, 5), Walk(id, hour + TrackPiece.HourMilliseconds, 0, 600, 5));
        await using (var connection = await _demo.Backends.DataSource.OpenConnectionAsync())
        {
            await connection.ExecuteAsync("update track_segments set body = substr(body, 1, 20) where hour_ms = @hour and worker_id = @id", new { hour, id });
        }

        var damaged = new List<TrackPart>();
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        var (from, to) = (hour + Minute, hour + (2 * TrackPiece.HourMilliseconds));
        using var opening = new TrackOpening(
            new TrackPartStore(_demo.Backends.DataSource), new TrackNewest([]), [id], _ => new WallName { Slot = id, Worker = "w" }, from, to, to, 0, new MemoryStream(), damaged.Add);

        await new TrackAnswer(opening, format, new TrackMeaningOptions()).ExecuteAsync(context);

        Assert.That(damaged.Select(part => part.HourMs), Is.EqualTo(new[] { hour }));
        context.Response.Body.Position = 0;
        using var told = await JsonDocument.ParseAsync(context.Response.Body);
        Assert.That((told.RootElement.GetProperty("fixes").GetInt64(), told.RootElement.GetProperty("unreadable").GetInt32()), Is.EqualTo((120, 1)));
    }

    [Test]
    public async Task GeoJsonDrawsAcrossTheSilencesOfADeviceThatReportsSeldomAndSaysWhatAGapIs()
    {
        var worker = _demo.Secrets.Devices[1].Worker;
        var hour = _hour - (7 * TrackPiece.HourMilliseconds);
        var id = await IdOfAsync(worker);
        await StoreAsync(true, Walk(id, hour, 0, 1_200, 60), Walk(id, hour, 1_310, 600, 60), Walk(id, hour, 2_050, 600, 60));

        var features = JsonDocument.Parse(await GetAsync(Path(worker, hour, hour + TrackPiece.HourMilliseconds), "application/geo+json")).RootElement.GetProperty("features");

        Assert.That(features.GetArrayLength(), Is.EqualTo(2), "170 s are no gap for it, 200 s are");
        Assert.That(features[0].GetProperty("geometry").GetProperty("coordinates").GetArrayLength(), Is.EqualTo(30));
        Assert.That(features[0].GetProperty("properties").GetProperty("gapSeconds").GetDecimal(), Is.EqualTo(180));
    }

    private static TrackRequest Of(long from, long to, params string[] workers) => new() { Workers = workers, From = from, To = to, Reason = "a test" };

    private static string Path(string worker, long from, long to) =>
        $"/api/tracks?workers={worker}&from={Uri.EscapeDataString(TrackJsonBody.Text(from))}&to={Uri.EscapeDataString(TrackJsonBody.Text(to))}";

    private static TrackPiece Walk(int worker, long hour, int second, int seconds, int step, (double Longitude, double Latitude)? place = null) =>
        TrackPiece.From([.. Enumerable.Range(0, seconds / step).Select(n => new Fix
        {
            DeviceId = worker,
            WorkerId = worker,
            FixTimeMs = hour + ((second + (n * step)) * 1_000L),
            LongitudeE7 = (int)((place?.Longitude ?? 112.57) * 1e7) + n,
            LatitudeE7 = (int)((place?.Latitude ?? 37.86) * 1e7),
        })]);

    private async Task<(Dictionary<string, List<Fix>> Fixes, TrackEnd End)> HubAsync(string token, TrackRequest request)
    {
        await using var wall = await WallClient.ConnectAsync(_demo.Server, token);
        var names = new Dictionary<int, string>();
        var tracks = new Dictionary<string, List<Fix>>();
        TrackEnd? end = null;
        await foreach (var chunk in wall.Tracks(request))
        {
            foreach (var name in chunk.Names ?? [])
            {
                names.Add(name.Slot, name.Worker);
            }

            foreach (var body in TrackSegments.Of(chunk))
            {
                var fixes = new List<Fix>();
                TrackCodec.Decode(body.Span, fixes);
                var track = tracks.TryGetValue(names[fixes[0].WorkerId], out var known) ? known : tracks[names[fixes[0].WorkerId]] = [];
                Assert.That(track.Count == 0 || track[^1].FixTimeMs < fixes[0].FixTimeMs, Is.True, "segments follow one another");
                track.AddRange(fixes);
            }

            end = chunk.End;
        }

        return (tracks, end ?? throw new AssertionException("The stream has no end."));
    }

    private async Task RefusedAsync(string token, TrackRequest request, string number) => Assert.That(
        async () => await HubAsync(token, request), Throws.InstanceOf<HubException>().With.Message.Contains(number));

    private async Task<byte[]> GetAsync(string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _dispatcher);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        request.Headers.Add("X-Audit-Reason", "complaint 12");
        using var answer = await _demo.Server.Http.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo(accept));
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private async Task<string> TokenAsync(string user)
    {
        var account = _demo.Secrets.Accounts.Single(account => account.User == user);
        return await DemoServer.SignInAsync(_demo.Server.Http, account.User, account.Password);
    }

    private async Task StoreAsync(bool folded, params TrackPiece[] pieces)
    {
        await using var connection = await _demo.Backends.DataSource.OpenConnectionAsync();
        var partitions = new TrackPartitions(_demo.Backends.DataSource);
        foreach (var piece in pieces)
        {
            await connection.ExecuteAsync(
                "insert into track_pieces (worker_id, hour_ms, first_ms, last_ms, fixes, west, south, east, north, length_meters, body) "
                + "values (@WorkerId, @HourMs, @FirstMs, @LastMs, @Count, @WestE7, @SouthE7, @EastE7, @NorthE7, @LengthMeters, @Body)",
                piece);
            await partitions.EnsureAsync(TrackPartitions.DayOf(piece.HourMs), default);
            if (folded)
            {
                await new TrackFoldStore(_demo.Backends.DataSource).FoldAsync(piece.HourMs, [piece.WorkerId], default);
            }
        }
    }

    private async Task<(int Inside, int Border, int Outside)> HomesAsync()
    {
        await using var connection = await _demo.Backends.DataSource.OpenConnectionAsync();
        var ids = (await connection.QueryAsync<(int Id, string Area)>(
            "select w.id, a.code from workers w join areas a on a.id = w.home_area_id where w.left_at is null order by w.id desc")).ToList();
        var own = ids.Where(worker => worker.Area.StartsWith("140106004", StringComparison.Ordinal)).Take(2).ToList();
        return (own[0].Id, own[1].Id, ids.First(worker => !worker.Area.StartsWith("140106004", StringComparison.Ordinal)).Id);
    }

    private async Task<(double Longitude, double Latitude)> InsideOfAsync(string area)
    {
        var wkb = await QueryAsync<byte[]>("select v.geometry from area_versions v join areas a on a.id = v.area_id where a.code = @value and v.valid_to is null", area);
        var point = new NetTopologySuite.IO.WKBReader().Read(wkb).InteriorPoint;
        return (point.X, point.Y);
    }

    private async Task<int> IdOfAsync(string code) => await QueryAsync<int>("select id from workers where code = @value", code);

    private async Task<string> CodeOfAsync(int id) => await QueryAsync<string>("select code from workers where id = @value", id);

    private async Task<T> QueryAsync<T>(string sql, object value)
    {
        await using var connection = await _demo.Backends.DataSource.OpenConnectionAsync();
        return await connection.QuerySingleAsync<T>(sql, new { value });
    }
}
