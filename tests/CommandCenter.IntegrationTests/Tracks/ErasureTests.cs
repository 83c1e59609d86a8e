using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Tracks;
using Dapper;
using Npgsql;

namespace CommandCenter.IntegrationTests.Tracks;

/// <summary>One person's tracks are deleted on request, with a plan before and a receipt after; holds and retention as administrators set them.</summary>
public sealed class ErasureTests
{
    private DemoServer _demo = null!;
    private NpgsqlConnection _connection = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _demo = await DemoServer.StartAsync("--TrackWriter:FlushSeconds=300", "--TrackKeeping:EveryMinutes=0.02", "--TrackMeaning:DayPauseSeconds=0.1");
        _connection = await _demo.Backends.DataSource.OpenConnectionAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _connection.DisposeAsync();
        await _demo.DisposeAsync();
    }

    [Test]
    public async Task DeletesOnePersonsTracksWithAReceiptThatHoldsNoneOfThem()
    {
        var (code, id) = await WorkerAsync(0);
        var (_, other) = await WorkerAsync(1);
        var day = DateTimeOffset.UtcNow.AddDays(-3);
        await TrackRows.PartitionAsync(_connection, day);
        await TrackRows.InsertAsync(_connection, TrackRows.Piece(id, day), "track_segments");
        await TrackRows.InsertAsync(_connection, TrackRows.Piece(id, DateTimeOffset.UtcNow.AddHours(-1)));
        await TrackRows.InsertAsync(_connection, TrackRows.Piece(other, DateTimeOffset.UtcNow.AddHours(-1)));
        await _connection.ExecuteAsync(
            "insert into device_refusals (device_id, reason, count, last_at, last_detail) select min(id), 1, 1, now(), 'somewhere' from devices where worker_id = @id", new { id });

        var plan = await EraseAsync(code, null);
        Assert.That(Bodies(plan), Is.EqualTo((2, 4)));
        Assert.That(await CountAsync(id), Is.EqualTo(2), "a plan deletes nothing");

        var (status, receipt) = await _demo.CallAsync("administrator", "POST", $"/api/workers/{code}/erasure", new { reason = "PIPL art. 47", plan = plan.GetProperty("plan").GetString() });
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((Bodies(receipt), Rows(receipt, "device_refusals")), Is.EqualTo(((2, 4), (1, 0))));
        Assert.That((await CountAsync(id), await CountAsync(other)), Is.EqualTo((0, 1)));
        Assert.That(receipt.GetProperty("sha256").GetString(), Is.EqualTo(SumOf(receipt)));
        Assert.That(receipt.GetProperty("stays").GetArrayLength(), Is.GreaterThan(3));

        var (_, list) = await _demo.CallAsync("administrator", "GET", "/api/erasures");
        Assert.That(list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("sha256").GetString()), Has.Member(receipt.GetProperty("sha256").GetString()));
        var (_, audit) = await _demo.CallAsync("administrator", "GET", "/api/audit?action=erase-track");
        Assert.That(audit.GetProperty("items")[0].GetProperty("worker").GetString(), Is.EqualTo(code));
    }

    [Test]
    public async Task WhatTurnsUpLaterOfTheTimeBeforeIsDeletedTooAndTheTimeAfterIsKept()
    {
        var (code, id) = await WorkerAsync(2);
        var (_, receipt) = await _demo.CallAsync("administrator", "POST", $"/api/workers/{code}/erasure", new { reason = "x", plan = (await EraseAsync(code, null)).GetProperty("plan").GetString() });
        var at = receipt.GetProperty("requestedAt").GetDateTimeOffset().ToUnixTimeMilliseconds();
        var hour = TrackPiece.HourOf(at);
        var before = Math.Max(hour, at - 5_000);
        await TrackRows.InsertAsync(_connection, TrackPiece.From([TrackRows.Fix(id, before), TrackRows.Fix(id, Math.Min(hour + TrackPiece.HourMilliseconds - 1, at + 5_000))]));
        await TrackRows.InsertAsync(_connection, TrackRows.Piece(id, DateTimeOffset.UtcNow.AddDays(-2)));

        var path = $"/api/erasures/{receipt.GetProperty("id").GetInt64()}";
        JsonElement now = default;
        await Eventually.TrueAsync(
            async () => (now = (await _demo.CallAsync("administrator", "GET", path)).Body).GetProperty("laterFixes").GetInt64() == 3, "late fixes are deleted");
        Assert.That(now.GetProperty("sha256").GetString(), Is.EqualTo(receipt.GetProperty("sha256").GetString()), "the receipt stays as it was given out");
        var left = new List<Fix>();
        foreach (var body in await _connection.QueryAsync<byte[]>("select body from track_pieces where worker_id = @id", new { id }))
        {
            TrackCodec.Decode(body, left);
        }

        Assert.That(left.Select(fix => fix.FixTimeMs >= at), Is.EqualTo(new[] { true }));
    }

    [Test]
    public async Task WhatWasMadeOfTracksGoesWithThemAndTheDaysThatAreLeftAreMadeAnew()
    {
        var (code, id) = await WorkerAsync(5);
        await StoreAsync(id, DateTimeOffset.UtcNow.AddDays(-4));
        await StoreAsync(id, DateTimeOffset.UtcNow.AddDays(-3));
        await Eventually.TrueAsync(async () => await SummariesAsync(id) == 2, "summed up");

        var plan = await EraseAsync(code, null);
        var (_, receipt) = await _demo.CallAsync("administrator", "POST", $"/api/workers/{code}/erasure", new { reason = "x", plan = plan.GetProperty("plan").GetString() });
        Assert.That(Rows(receipt, "track_days").Rows, Is.EqualTo(2));
        Assert.That(receipt.GetProperty("stays").EnumerateArray().Select(line => line.GetString()), Has.Some.StartsWith("poisoned_log_entries:"));

        // A phone's old queue: summed up before the keeper comes by, perhaps; and what comes of the time after the erasure stays.
        await StoreAsync(id, DateTimeOffset.UtcNow.AddDays(-3));
        await StoreAsync(id, DateTimeOffset.UtcNow.AddSeconds(30));
        await Eventually.TrueAsync(async () => await CountAsync(id) == 1, "what came late is gone");
        await Eventually.TrueAsync(
            async () => await _connection.QuerySingleAsync<bool>("select count(*) = 1 and bool_and(fixes = 2 and due_since is null) from track_days where worker_id = @id", new { id })
                || await _connection.QuerySingleAsync<bool>("select count(*) = 1 and bool_and(day >= current_date - 1 and due_since is not null) from track_days where worker_id = @id", new { id }),
            "today alone is, or will be, summed up");
        await Eventually.TrueAsync(async () => await _connection.QuerySingleAsync<int>("select count(*)::int from track_days_due where worker_id = @id", new { id }) == 0, "no note is left");
    }

    [Test]
    public async Task AnErasureThatWasCutOffIsFinishedByTheServer()
    {
        var (_, id) = await WorkerAsync(3);
        await TrackRows.InsertAsync(_connection, TrackRows.Piece(id, DateTimeOffset.UtcNow.AddDays(-2)));
        var order = await _connection.QuerySingleAsync<long>("""
            insert into track_erasures (worker_id, requested_at, until_ms, account_id, user_name, reason, settles_at)
            values (@id, now(), extract(epoch from now())::bigint * 1000, 1, 'administrator', 'x', now() + interval '1 hour') returning id
            """, new { id });

        await Eventually.TrueAsync(
            async () => (await _demo.CallAsync("administrator", "GET", $"/api/erasures/{order}")).Body.GetProperty("sha256").ValueKind == JsonValueKind.String, "finished");
        Assert.That(await CountAsync(id), Is.Zero);
    }

    [Test]
    public async Task AHoldBlocksAnErasureAndSaysForWhichCase()
    {
        var (code, id) = await WorkerAsync(4);
        var early = (await EraseAsync(code, null)).GetProperty("plan").GetString();
        var (status, hold) = await _demo.CallAsync("supervisor", "POST", "/api/tracks/holds", new
        {
            workers = new[] { code },
            from = DateTimeOffset.UtcNow.AddDays(-300),
            to = DateTimeOffset.UtcNow,
            until = DateTimeOffset.UtcNow.AddDays(30),
            @case = "2026-117",
            reason = "complaint",
        });
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created));
        await TrackRows.InsertAsync(_connection, TrackRows.Piece(id, DateTimeOffset.UtcNow.AddDays(-200)));

        var (blocked, problem) = await _demo.CallAsync("administrator", "POST", $"/api/workers/{code}/erasure", new { reason = "x", plan = early });
        Assert.That((blocked, problem.GetProperty("reason").GetString(), problem.GetProperty("cases")[0].GetString()), Is.EqualTo((HttpStatusCode.Conflict, "held", "2026-117")));
        var plan = await EraseAsync(code, null);
        Assert.That((plan.GetProperty("plan").ValueKind, plan.GetProperty("heldFor")[0].GetString()), Is.EqualTo((JsonValueKind.Null, "2026-117")));
        Assert.That(await CountAsync(id), Is.EqualTo(1), "and retention keeps it too");

        var path = $"/api/tracks/holds/{hold.GetProperty("id").GetInt64()}";
        Assert.That((await _demo.CallAsync("supervisor", "DELETE", path + "?reason=x")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _demo.CallAsync("administrator", "DELETE", path)).Status, Is.EqualTo(HttpStatusCode.PreconditionRequired));
        Assert.That((await _demo.CallAsync("administrator", "DELETE", path + "?reason=closed")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await _demo.CallAsync("administrator", "DELETE", path + "?reason=closed")).Status, Is.EqualTo(HttpStatusCode.Conflict));
        await Eventually.TrueAsync(async () => await CountAsync(id) == 0, "what the hold alone kept is gone");
    }

    [Test]
    public async Task OnlyAdministratorsErase()
    {
        var (code, _) = await WorkerAsync(0);
        foreach (var user in (string[])["wall", "dispatcher", "supervisor"])
        {
            Assert.That((await _demo.CallAsync(user, "POST", $"/api/workers/{code}/erasure", new { reason = "x" })).Status, Is.EqualTo(HttpStatusCode.Forbidden), user);
            Assert.That((await _demo.CallAsync(user, "GET", "/api/erasures")).Status, Is.EqualTo(HttpStatusCode.Forbidden), user);
        }
    }

    [Test]
    public async Task APlanIsForOneWorkerAndNeedsAReason()
    {
        var (first, _) = await WorkerAsync(0);
        var (second, _) = await WorkerAsync(1);
        var plan = (await EraseAsync(first, null)).GetProperty("plan").GetString();
        Assert.That((await _demo.CallAsync("administrator", "POST", $"/api/workers/{second}/erasure", new { reason = "x", plan })).Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await _demo.CallAsync("administrator", "POST", $"/api/workers/{first}/erasure", new { reason = "x", plan = "made up" })).Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await _demo.CallAsync("administrator", "POST", $"/api/workers/{first}/erasure", new { plan })).Status, Is.EqualTo(HttpStatusCode.PreconditionRequired));
    }

    [Test]
    public async Task AnAreasRetentionIsSetAndTakenBack()
    {
        var (status, set) = await _demo.CallAsync("administrator", "PUT", "/api/tracks/retention/140106004", new { days = 30, reason = "trial" });
        Assert.That((status, set.GetProperty("days").GetInt32()), Is.EqualTo((HttpStatusCode.OK, 90)));
        Assert.That(set.GetProperty("rules").EnumerateArray().Select(rule => (rule.GetProperty("area").GetString(), rule.GetProperty("days").GetInt32())), Is.EqualTo(new[] { ("140106004", 30) }));
        Assert.That((await _demo.CallAsync("administrator", "PUT", "/api/tracks/retention/140106004", new { days = 0, reason = "x" })).Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await _demo.CallAsync("administrator", "PUT", "/api/tracks/retention/nowhere", new { days = 5, reason = "x" })).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _demo.CallAsync("administrator", "PUT", "/api/tracks/retention/140106004", new { days = 5 })).Status, Is.EqualTo(HttpStatusCode.PreconditionRequired));
        var (_, cleared) = await _demo.CallAsync("administrator", "DELETE", "/api/tracks/retention/140106004?reason=over");
        Assert.That(cleared.GetProperty("rules").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task APreviewTellsWhatARuleWouldLetGoAndChangesNothing()
    {
        var (id, area) = await _connection.QuerySingleAsync<(int, string)>("select w.id, a.code from workers w join areas a on a.id = w.home_area_id order by w.id desc limit 1");
        var (kept, held) = (DateTimeOffset.UtcNow.AddDays(-5), DateTimeOffset.UtcNow.AddDays(-40));
        await TrackRows.InsertAsync(_connection, TrackRows.Piece(id, kept));
        await TrackRows.InsertAsync(_connection, TrackRows.Piece(id, held.AddDays(-2)));
        await TrackRows.InsertAsync(_connection, TrackRows.Piece(id, held));
        var code = await _connection.QuerySingleAsync<string>("select code from workers where id = @id", new { id });
        var hold = new { workers = new[] { code }, from = held.AddHours(-1), to = held.AddHours(1), until = DateTimeOffset.UtcNow.AddDays(9), @case = "C-8", reason = "x" };
        Assert.That((await _demo.CallAsync("administrator", "POST", "/api/tracks/holds", hold)).Status, Is.EqualTo(HttpStatusCode.Created));

        var (status, preview) = await _demo.CallAsync("administrator", "GET", $"/api/tracks/retention/{area}/preview?days=30");
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), preview.ToString());
        Assert.That((preview.GetProperty("daysNow").GetInt32(), preview.GetProperty("daysThen").GetInt32()), Is.EqualTo((90, 30)));
        Assert.That((preview.GetProperty("rows").GetInt32(), preview.GetProperty("fixes").GetInt32(), preview.GetProperty("held").GetInt32()), Is.EqualTo((1, 2, 1)));
        Assert.That(preview.GetProperty("oldest").GetDateTimeOffset(), Is.EqualTo(held.AddDays(-2)).Within(TimeSpan.FromHours(1)));
        Assert.That(preview.GetProperty("people").GetInt32(), Is.GreaterThan(0));
        Assert.That(await CountAsync(id), Is.EqualTo(3));

        (_, preview) = await _demo.CallAsync("administrator", "GET", $"/api/tracks/retention/{area}/preview");
        Assert.That((preview.GetProperty("daysThen").GetInt32(), preview.GetProperty("rows").GetInt32()), Is.EqualTo((90, 0)), "without days: as without a rule");
        Assert.That((await _demo.CallAsync("administrator", "GET", $"/api/tracks/retention/{area}/preview?days=0")).Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await _demo.CallAsync("administrator", "GET", "/api/tracks/retention/nowhere/preview?days=5")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _demo.CallAsync("supervisor", "GET", $"/api/tracks/retention/{area}/preview?days=5")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task AnAreaIsHeldAsThosePeopleWhoAreAtHomeInIt()
    {
        const string Area = "140106004";
        var there = await _connection.QuerySingleAsync<int>("""
            with recursive below as (select id from areas where code = @Area union all select a.id from areas a join below b on a.parent_id = b.id)
            select count(*)::int from workers where home_area_id in (select id from below)
            """, new { Area });
        var hold = new { area = Area, from = DateTimeOffset.UtcNow.AddDays(-900), to = DateTimeOffset.UtcNow.AddDays(-899), until = DateTimeOffset.UtcNow.AddDays(9), @case = "C-9", reason = "x" };
        var (status, placed) = await _demo.CallAsync("supervisor", "POST", "/api/tracks/holds", hold);
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created), placed.ToString());
        Assert.That((placed.GetProperty("count").GetInt32(), placed.GetProperty("area").GetString()), Is.EqualTo((there, Area)));
        Assert.That(placed.GetProperty("workers").GetArrayLength(), Is.EqualTo(Math.Min(50, there)));

        var id = placed.GetProperty("id").GetInt64();
        Assert.That(await IdsAsync("?open=true"), Has.Member(id));
        Assert.That(await IdsAsync("?open=false"), Has.No.Member(id));
        Assert.That((await _demo.CallAsync("administrator", "DELETE", $"/api/tracks/holds/{id}?reason=over")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await IdsAsync("?open=true"), Has.No.Member(id));
        Assert.That(await IdsAsync("?open=false"), Has.Member(id));

        Assert.That((await _demo.CallAsync("administrator", "POST", "/api/tracks/holds", new { hold.area, workers = new[] { "w" }, hold.from, hold.to, hold.until, hold.@case, hold.reason })).Status, Is.EqualTo(HttpStatusCode.BadRequest), "either or");
        Assert.That((await _demo.CallAsync("administrator", "POST", "/api/tracks/holds", hold with { area = "nowhere" })).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _demo.CallAsync("administrator", "GET", "/api/tracks/holds?open=perhaps")).Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await _demo.CallAsync("dispatcher", "GET", "/api/tracks/holds")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task FormerReceiptsAreFoundByWorker()
    {
        var (code, _) = await WorkerAsync(5);
        var plan = (await EraseAsync(code, null)).GetProperty("plan").GetString();
        await _demo.CallAsync("administrator", "POST", $"/api/workers/{code}/erasure", new { reason = "x", plan });
        var (_, own) = await _demo.CallAsync("administrator", "GET", $"/api/erasures?worker={code}");
        Assert.That(own.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("worker").GetString()), Is.EqualTo(new[] { code }));
        Assert.That(own.GetProperty("items")[0].GetProperty("tables").GetArrayLength(), Is.GreaterThan(2));
        var (_, nobody) = await _demo.CallAsync("administrator", "GET", "/api/erasures?worker=nobody-such");
        Assert.That(nobody.GetProperty("items").GetArrayLength(), Is.Zero);
    }

    private async Task<List<long>> IdsAsync(string query) =>
        [.. (await _demo.CallAsync("administrator", "GET", "/api/tracks/holds" + query)).Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt64())];

    /// <summary>As the writer does: the piece, and a note of its day.</summary>
    private async Task StoreAsync(int id, DateTimeOffset at)
    {
        await TrackRows.InsertAsync(_connection, TrackRows.Piece(id, at));
        await _connection.ExecuteAsync("insert into track_days_due values (@id, @hour)", new { id, hour = TrackPiece.HourOf(at.ToUnixTimeMilliseconds()) });
    }

    private Task<int> SummariesAsync(int id) => _connection.QuerySingleAsync<int>("select count(*)::int from track_days where worker_id = @id and summed_at is not null", new { id });

    private async Task<(string Code, int Id)> WorkerAsync(int n)
    {
        var codes = (await _connection.QueryAsync<(string, int)>("select w.code, w.id from workers w where exists (select 1 from devices d where d.worker_id = w.id) order by w.id limit 8")).AsList();
        return codes[n];
    }

    private async Task<JsonElement> EraseAsync(string code, string? plan)
    {
        var (status, body) = await _demo.CallAsync("administrator", "POST", $"/api/workers/{code}/erasure", new { reason = "on request", plan });
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        return body;
    }

    private static (int Rows, int Fixes) Rows(JsonElement of, string table)
    {
        var found = of.GetProperty("tables").EnumerateArray().Where(row => row.GetProperty("table").GetString() == table).ToList();
        return (found.Sum(row => row.GetProperty("rows").GetInt32()), found.Sum(row => row.GetProperty("fixes").GetInt32()));
    }

    /// <summary>In whichever of the two tables the folding has put them.</summary>
    private static (int Rows, int Fixes) Bodies(JsonElement of)
    {
        var (pieces, segments) = (Rows(of, "track_pieces"), Rows(of, "track_segments"));
        return (pieces.Rows + segments.Rows, pieces.Fixes + segments.Fixes);
    }

    private Task<int> CountAsync(int id) => _connection.QuerySingleAsync<int>("select count(*)::int from track_parts where worker_id = @id", new { id });

    /// <summary>As docs/exports.md says, from the receipt alone.</summary>
    private static string SumOf(JsonElement receipt)
    {
        string Ms(string name) => receipt.GetProperty(name).GetDateTimeOffset().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        string[] lines =
        [
            receipt.GetProperty("id").GetRawText(), receipt.GetProperty("worker").GetString()!, Ms("requestedAt"), Ms("finishedAt"), receipt.GetProperty("requestedBy").GetString()!,
            receipt.GetProperty("reason").GetString()!, receipt.GetProperty("case").GetString() ?? "",
            .. receipt.GetProperty("tables").EnumerateArray().OrderBy(row => row.GetProperty("table").GetString(), StringComparer.Ordinal)
                .Select(row => $"{row.GetProperty("table").GetString()} {row.GetProperty("rows").GetRawText()} {row.GetProperty("fixes").GetRawText()}"),
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")))));
    }
}
