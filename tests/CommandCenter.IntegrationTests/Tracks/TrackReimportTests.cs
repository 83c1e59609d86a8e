using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.TrackFiles;
using CommandCenter.Tracks;
using Dapper;
using Npgsql;

namespace CommandCenter.IntegrationTests.Tracks;

/// <summary>Exports put back by tools/Tracks, as an administrator runs it, against the real server.</summary>
public sealed class TrackReimportTests
{
    private const int Count = 1_500;

    private readonly TemporaryFolder _folder = new();
    private DemoServer _demo = null!;
    private NpgsqlConnection _connection = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _demo = await DemoServer.StartAsync("--TrackKeeping:EveryMinutes=600", "--TrackFolding:LookSeconds=0.5");
        _connection = await _demo.Backends.DataSource.OpenConnectionAsync();
        await File.WriteAllTextAsync(At("password"), _demo.Secrets.Accounts.First(account => account.User == "administrator").Password);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _connection.DisposeAsync();
        await _demo.DisposeAsync();
        _folder.Dispose();
    }

    [TestCase("csv", 1)]
    [TestCase("gpx", 2)]
    [TestCase("case", 3)]
    public async Task AnExportPutBackIntoAnEmptyCenterIsTheSameTrackAndOnceMoreChangesNothing(string format, int n)
    {
        var (code, id) = await WorkerAsync(n);
        var before = await StoreAsync(id, DateTimeOffset.UtcNow.AddDays(-2));
        var file = await ExportAsync(code, format);
        await _connection.ExecuteAsync("delete from track_pieces; delete from track_segments; delete from track_days_due; delete from track_days");

        var (status, output) = await RunAsync(file, "--reason", "盘损坏后恢复", "--case", "2026-117");

        Assert.That(status, Is.Zero, output);
        Assert.That(output, Does.Contain($"Done: {Count} fixes put back, 0 were there"));
        Assert.That(await ReadAsync(id), Is.EqualTo(before));
        await Eventually.TrueAsync(
            async () => await _connection.QuerySingleAsync<int>("select coalesce(sum(fixes), 0)::int from track_days where worker_id = @id and due_since is null", new { id }) == Count,
            "the day is summed up anew");
        var (_, audit) = await _demo.CallAsync("administrator", "GET", $"/api/audit?action=reimport-track&worker={code}");
        Assert.That(audit.GetProperty("items")[0].GetProperty("user").GetString(), Is.EqualTo("administrator"));
        Assert.That(audit.GetProperty("items")[0].GetProperty("detail").GetString(), Does.StartWith($"{Count} of {Count} fixes put back").And.EndWith("; 盘损坏后恢复 [2026-117]"));

        var (again, second) = await RunAsync(file, "--reason", "twice");
        Assert.That(again, Is.Zero, second);
        Assert.That(second, Does.Contain($"Done: 0 fixes put back, {Count} were there already"));
        Assert.That(await ReadAsync(id), Is.EqualTo(before));
    }

    [Test]
    public async Task WhatWasBrokenOffGoesOnWhenItIsRunAgain()
    {
        var (code, id) = await WorkerAsync(4);
        var before = await StoreAsync(id, DateTimeOffset.UtcNow.AddDays(-3));
        var file = await ExportAsync(code, "csv");
        var lines = await File.ReadAllLinesAsync(file);
        await File.WriteAllLinesAsync(At("half.csv"), lines[..700]);
        await _connection.ExecuteAsync("delete from track_pieces; delete from track_segments");

        Assert.That((await RunAsync(At("half.csv"), "--reason", "killed here")).Output, Does.Contain("Done: 699 fixes put back"));
        Assert.That((await RunAsync(file, "--reason", "run again")).Output, Does.Contain($"Done: {Count - 699} fixes put back, 699 were there already"));
        Assert.That(await ReadAsync(id), Is.EqualTo(before));
    }

    [Test]
    public async Task WhatIsStoredOtherwiseIsNeverChanged()
    {
        var (code, id) = await WorkerAsync(5);
        var before = await StoreAsync(id, DateTimeOffset.UtcNow.AddDays(-2));
        var file = await ExportAsync(code, "csv");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace(",112.56", ",112.46", StringComparison.Ordinal));

        var (status, output) = await RunAsync(file, "--reason", "forged");

        Assert.That(output, Does.Contain("0 fixes put back").And.Contain("are stored otherwise and stay as they are"));
        Assert.That(status, Is.Zero);
        Assert.That(await ReadAsync(id), Is.EqualTo(before));
    }

    [Test]
    public async Task ALeaversTrackComesBackToo()
    {
        var (code, id) = await WorkerAsync(11);
        var before = await StoreAsync(id, DateTimeOffset.UtcNow.AddDays(-2));
        var file = await ExportAsync(code, "csv");
        Assert.That((await _demo.CallAsync("administrator", "POST", $"/api/workers/{code}/leave")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        await Eventually.TrueAsync(async () => (await _demo.CallAsync("administrator", "GET", $"/api/workers/{code}")).Status != HttpStatusCode.OK, "off the roster");
        await _connection.ExecuteAsync("delete from track_pieces; delete from track_segments");

        var (status, output) = await RunAsync(file, "--reason", "restored");

        Assert.That(status, Is.Zero, output);
        Assert.That(output, Does.Contain($"Done: {Count} fixes put back, 0 were there"));
        Assert.That(await ReadAsync(id), Is.EqualTo(before));
    }

    [Test]
    public async Task AnErasedPersonsTrackDoesNotComeBack()
    {
        var (code, id) = await WorkerAsync(6);
        await StoreAsync(id, DateTimeOffset.UtcNow.AddDays(-2));
        var file = await ExportAsync(code, "case");
        var (_, plan) = await _demo.CallAsync("administrator", "POST", $"/api/workers/{code}/erasure", new { reason = "PIPL art. 47" });
        var (erased, _) = await _demo.CallAsync("administrator", "POST", $"/api/workers/{code}/erasure", new { reason = "PIPL art. 47", plan = plan.GetProperty("plan").GetString() });
        Assert.That(erased, Is.EqualTo(HttpStatusCode.Created));

        var (status, output) = await RunAsync(file, "--reason", "try");

        Assert.That(status, Is.EqualTo(5), output);
        Assert.That(output, Does.Contain($"{code}: {Count} fixes, erased"));
        Assert.That(await ReadAsync(id), Is.Empty);
    }

    [Test]
    public async Task NobodyIsInventedAndNothingPastItsKeepingOrAheadOfTimeIsStored()
    {
        var (code, id) = await WorkerAsync(7);
        var text = new StringBuilder();
        text.Append(Line("nobody-here", DateTimeOffset.UtcNow.AddDays(-1))).Append(Line(code, DateTimeOffset.UtcNow.AddDays(-91))).Append(Line(code, DateTimeOffset.UtcNow.AddDays(1)))
            .Append("nonsense\n").Append(Line(code, DateTimeOffset.UtcNow.AddDays(-89)));
        await File.WriteAllTextAsync(At("mixed.jsonl"), text.ToString());

        var (status, output) = await RunAsync(At("mixed.jsonl"), "--reason", "mixed");

        Assert.That(status, Is.EqualTo(5), output);
        Assert.That(output, Does.Contain("Done: 1 fixes put back").And.Contain("nobody-here: 1 fixes, unknown-worker").And.Contain($"{code}: 1 fixes, past-keeping")
            .And.Contain($"{code}: 1 fixes, future").And.Contain("-: 1 fixes, bad line"));
        Assert.That(await ReadAsync(id), Has.Count.EqualTo(1));
        Assert.That(await _connection.QuerySingleAsync<int>("select count(*) from workers where code = 'nobody-here'"), Is.Zero);
    }

    [Test]
    public async Task AHoldLetsComeBackWhatItCoversAndNothingElseThatIsPastItsKeeping()
    {
        var (code, id) = await WorkerAsync(9);
        var (other, otherId) = await WorkerAsync(10);
        var at = DateTimeOffset.UtcNow.AddDays(-100);
        await File.WriteAllTextAsync(At("held.jsonl"), Line(code, at) + Line(code, at.AddHours(2)) + Line(code, at.AddHours(-3)) + Line(other, at));
        var (_, hold) = await _demo.CallAsync("supervisor", "POST", "/api/tracks/holds", new
        {
            workers = new[] { code },
            from = at.AddHours(-1),
            to = at.AddHours(1),
            until = DateTimeOffset.UtcNow.AddDays(30),
            @case = "2026-119",
            reason = "complaint",
        });

        var (status, output) = await RunAsync(At("held.jsonl"), "--reason", "held");

        Assert.That(status, Is.EqualTo(5), output);
        Assert.That(output, Does.Contain("Done: 1 fixes put back").And.Contain($"{code}: 2 fixes, past-keeping").And.Contain($"{other}: 1 fixes, past-keeping"));
        Assert.That((await ReadAsync(id)).Select(fix => fix.FixTimeMs), Is.EqualTo(new[] { at.ToUnixTimeMilliseconds() }));
        Assert.That(await ReadAsync(otherId), Is.Empty);

        await _demo.CallAsync("administrator", "DELETE", $"/api/tracks/holds/{hold.GetProperty("id").GetInt64()}?reason=closed");
        Assert.That((await RunAsync(At("held.jsonl"), "--reason", "over")).Output, Does.Contain($"{code}: 3 fixes, past-keeping"), "a hold that is over holds nothing");
    }

    [Test]
    public async Task ACaseThatWasChangedSinceIsNotPutBack()
    {
        var (code, id) = await WorkerAsync(8);
        await StoreAsync(id, DateTimeOffset.UtcNow.AddDays(-2));
        var file = await ExportAsync(code, "case");
        using (var zip = ZipFile.Open(file, ZipArchiveMode.Update))
        {
            zip.GetEntry("raw/fixes.jsonl")!.Delete();
            await using var forged = new StreamWriter(zip.CreateEntry("raw/fixes.jsonl").Open());
            await forged.WriteAsync(Line(code, DateTimeOffset.UtcNow.AddDays(-1)));
        }

        var (status, output) = await RunAsync(file, "--reason", "forged");

        Assert.That(status, Is.EqualTo(2), output);
        Assert.That(output, Does.Contain("not as it was exported"));
        Assert.That(await ReadAsync(id), Has.Count.EqualTo(Count));
    }

    [TestCase("supervisor", "application/x-ndjson", "?reason=x", HttpStatusCode.Forbidden)]
    [TestCase("administrator", "application/x-ndjson", "", HttpStatusCode.PreconditionRequired)]
    [TestCase("administrator", "text/csv", "?reason=x", HttpStatusCode.UnsupportedMediaType)]
    public async Task RefusesPlainly(string user, string type, string query, HttpStatusCode status)
    {
        using var answer = await PostAsync(user, type, query, Line("x", DateTimeOffset.UtcNow));
        Assert.That(answer.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task TooMuchAtOnceSaysHowMuchIsAllowed()
    {
        var at = DateTimeOffset.UtcNow.AddDays(-80);
        using var answer = await PostAsync(
            "administrator", "application/x-ndjson", "?reason=x", string.Concat(Enumerable.Range(0, 2_001).Select(n => Line("x", at.AddHours(n * 0.9), n))));
        var problem = await answer.ReadJsonAsync();
        Assert.That((answer.StatusCode, problem.GetProperty("reason").GetString()), Is.EqualTo((HttpStatusCode.BadRequest, "too-much")));
        Assert.That(problem.GetProperty("allowed").GetProperty("workerHours").GetInt32(), Is.EqualTo(2_000));
    }

    private static string Line(string worker, DateTimeOffset at, int worker2 = 0) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"worker\":\"{worker}{(worker2 == 0 ? "" : worker2)}\",\"deviceId\":1,\"fixTimeMs\":{at.ToUnixTimeMilliseconds()},\"longitudeE7\":1125600000,\"latitudeE7\":378600000}}\n");

    private string At(string name) => Path.Combine(_folder.Path, name);

    /// <summary>A worker of one test alone.</summary>
    private Task<(string Code, int Id)> WorkerAsync(int n) =>
        _connection.QuerySingleAsync<(string, int)>("select code, id from workers order by id offset @n limit 1", new { n });

    private async Task<List<Fix>> StoreAsync(int id, DateTimeOffset from)
    {
        var fixes = Enumerable.Range(0, Count).Select(n => new Fix
        {
            DeviceId = 1,
            WorkerId = id,
            FixTimeMs = from.ToUnixTimeMilliseconds() + (n * 5_000L),
            LongitudeE7 = 1_125_600_000 + (n % 700),
            LatitudeE7 = 378_600_000 - n,
            SpeedCmps = n % 3 == 0 ? Fix.UnknownSpeed : (ushort)(n % 200),
            HeadingDeci = n % 5 == 0 ? Fix.UnknownHeading : (ushort)(n % 3_600),
            AccuracyDm = 50,
            AltitudeM = n % 7 == 0 ? Fix.UnknownAltitude : (short)(n - 700),
            BatteryPercent = (byte)(n % 101),
            Flags = n % 11 == 0 ? FixFlags.Late | FixFlags.Charging : FixFlags.None,
        }).ToList();
        foreach (var hour in fixes.GroupBy(fix => TrackPiece.HourOf(fix.FixTimeMs)))
        {
            await TrackRows.InsertAsync(_connection, TrackPiece.From([.. hour]));
        }

        return fixes;
    }

    private async Task<List<Fix>> ReadAsync(int id)
    {
        var fixes = new List<Fix>();
        foreach (var body in await _connection.QueryAsync<byte[]>("select body from track_parts where worker_id = @id", new { id }))
        {
            TrackCodec.Decode(body, fixes);
        }

        var all = fixes.Count;
        FixOrder.SortAndDeduplicate(fixes);
        Assert.That(fixes, Has.Count.EqualTo(all), "each is stored once");
        return fixes;
    }

    private async Task<string> ExportAsync(string code, string format)
    {
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-5).ToString("O"), DateTimeOffset.UtcNow.ToString("O"));
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"/api/tracks/export?workers={code}&format={format}&from={Uri.EscapeDataString(from)}&to={Uri.EscapeDataString(to)}&reason=backup");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _demo.TokenOf("administrator"));
        using var answer = await _demo.Server.Http.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var path = At($"{code}.{(format == "case" ? "zip" : format)}");
        await File.WriteAllBytesAsync(path, await answer.Content.ReadAsByteArrayAsync());
        return path;
    }

    private async Task<HttpResponseMessage> PostAsync(string user, string type, string query, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tracks/reimport" + query) { Content = new StringContent(body, Encoding.UTF8, type) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _demo.TokenOf(user));
        return await _demo.Server.Http.SendAsync(request);
    }

    private async Task<(int Status, string Output)> RunAsync(params string[] arguments)
    {
        await using var said = new StringWriter();
        string[] all = ["reimport", .. arguments, "--server", _demo.Server.Http.BaseAddress!.ToString(), "--user", "administrator", "--password-file", At("password")];
        var status = await TracksCommand.Build().Parse(all).InvokeAsync(new InvocationConfiguration { Output = said, Error = said });
        return (status, said.ToString());
    }
}
