using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Tracks;
using Dapper;

namespace CommandCenter.IntegrationTests.Tracks;

/// <summary>Exports and erasures: nothing that is to be deleted leaves.</summary>
public sealed partial class TrackExportTests
{
    [Test]
    public async Task WhatIsErasedIsNotServedFromAFileThatWasMadeBefore()
    {
        await using var connection = await _demo.Backends.DataSource.OpenConnectionAsync();
        var (fifth, id) = await UnseenAsync(connection, 9);
        var hour = TrackPiece.HourOf(_from.ToUnixTimeMilliseconds()) + TrackPiece.HourMilliseconds;
        await TrackRows.InsertAsync(connection, TrackPiece.From([.. Enumerable.Range(0, 50).Select(n => Walk(id, hour + (n * 5_000), n))]));
        var query = $"{fifth}&format=csv{_interval}&reason=erased";
        using var before = await GetAsync("administrator", query);
        Assert.That((await before.Content.ReadAsStringAsync()).Split("\r\n"), Has.Length.EqualTo(1 + 50 + 1));

        var (_, plan) = await _demo.CallAsync("administrator", "POST", $"/api/workers/{fifth}/erasure", new { reason = "asked for" });
        var (status, _) = await _demo.CallAsync("administrator", "POST", $"/api/workers/{fifth}/erasure", new { reason = "asked for", plan = plan.GetProperty("plan").GetString() });
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created));

        await FinishedAsync(connection, id);
        using var after = await GoOnAsync(before);
        Assert.That(after.StatusCode, Is.EqualTo(HttpStatusCode.OK), "another file");
        Assert.That((await after.Content.ReadAsStringAsync()).Split("\r\n"), Has.Length.EqualTo(1 + 1));
        Assert.That((await GoOnAsync(after)).StatusCode, Is.EqualTo(HttpStatusCode.PartialContent), "nothing has been erased since");

        // One begun in the midst of an erasure read what was not deleted yet.
        await connection.ExecuteAsync("update track_erasures set finished_at = now() + interval '1 hour' where worker_id = @id", new { id });
        Assert.That((await GoOnAsync(after)).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        Task<HttpResponseMessage> GoOnAsync(HttpResponseMessage with) => GetAsync("administrator", query, request =>
        {
            request.Headers.Range = new RangeHeaderValue(0, null);
            request.Headers.IfRange = new RangeConditionHeaderValue(with.Headers.ETag!);
        });
    }

    [Test]
    public async Task NothingIsExportedOfSomebodyWhoIsBeingErasedButWhatACaseHolds()
    {
        await using var connection = await _demo.Backends.DataSource.OpenConnectionAsync();
        var (code, id) = await UnseenAsync(connection, 17);
        var (other, _) = await UnseenAsync(connection, 18);
        var hour = TrackPiece.HourOf(_from.ToUnixTimeMilliseconds()) + TrackPiece.HourMilliseconds;
        await TrackRows.InsertAsync(connection, TrackPiece.From([Walk(id, hour, 0), Walk(id, hour + 5_000, 1)]));
        await connection.ExecuteAsync(
            "insert into track_erasures (worker_id, requested_at, until_ms, account_id, user_name, reason, settles_at) values (@id, now(), @until, 1, 'administrator', 'asked for', now())",
            new { id, until = hour + 3_600_000 });
        var query = $"{other},{code}&format=csv{_interval}&reason=erased";

        using var refused = await GetAsync("administrator", query);
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("\"being-erased\"").And.Not.Contain(code));
        Assert.That(
            await connection.QuerySingleAsync<int>("select count(*)::int from audit where action = 'export-track' and worker_id = @id", new { id }), Is.Zero, "nobody has seen anything");

        await connection.ExecuteAsync("""
            with held as (insert into track_holds (case_number, reason, from_ms, to_ms, until, placed_at, placed_by)
                values ('C-9', 'complaint', @from, @to, now() + interval '1 day', now(), 'supervisor') returning id)
            insert into track_hold_workers (hold_id, worker_id) select held.id, @id from held
            """, new { id, from = hour, to = hour + 3_600_000 });
        using var held = await GetAsync("administrator", query);
        Assert.That(held.StatusCode, Is.EqualTo(HttpStatusCode.OK), "all that is left is kept for the case");

        await connection.ExecuteAsync("update track_holds set released_at = now() where case_number = 'C-9'; update track_erasures set finished_at = now() where worker_id = @id", new { id });
        using var after = await GetAsync("administrator", query);
        Assert.That(after.StatusCode, Is.EqualTo(HttpStatusCode.OK), "the erasure is done");
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task ADownloadUnderWayEndsWhenAnErasureOfSomebodyInItIsOrdered(bool goesOn)
    {
        await using var connection = await _demo.Backends.DataSource.OpenConnectionAsync();
        var (code, id) = await UnseenAsync(connection, goesOn ? 12 : 11);
        var random = new Random(1);
        foreach (var hour in Enumerable.Range(0, 72_000).GroupBy(n => TrackPiece.HourOf(_from.ToUnixTimeMilliseconds() + (n * 250L))))
        {
            await TrackRows.InsertAsync(connection, TrackPiece.From([.. hour.Select(n => Walk(id, _from.ToUnixTimeMilliseconds() + (n * 250L), random.Next(1_000)))]));
        }

        // A reader who takes little at a time: what the sockets hold of it is far less than the file.
        using var handler = new SocketsHttpHandler { ConnectCallback = ConnectNarrowlyAsync };
        using var http = new HttpClient(handler) { BaseAddress = _demo.Server.Http.BaseAddress };
        var query = $"{code}&format=gpx{_interval}&reason=under%20way";
        using var whole = await GetAsync("administrator", query);
        Assert.That((await whole.Content.ReadAsByteArrayAsync()).Length, Is.GreaterThan(12_000_000), "more than sockets hold, however they grow");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/tracks/export?workers=" + query);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _demo.TokenOf("administrator"));
        request.Headers.Range = goesOn ? new RangeHeaderValue(0, null) : null;
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.That(answer.StatusCode, Is.EqualTo(goesOn ? HttpStatusCode.PartialContent : HttpStatusCode.OK));
        await using var body = await answer.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[10_000]);

        await connection.ExecuteAsync(
            "insert into track_erasures (worker_id, requested_at, until_ms, account_id, user_name, reason, settles_at) values (@id, now(), 0, 1, 'administrator', 'asked for', now())",
            new { id });

        await Assert.ThatAsync(async () => await body.CopyToAsync(Stream.Null), Throws.InstanceOf<IOException>(), "broken off, and seen to be");
    }

    private static Task FinishedAsync(Npgsql.NpgsqlConnection connection, int id) => Eventually.TrueAsync(
        () => connection.QuerySingleAsync<bool>("select bool_and(finished_at is not null) from track_erasures where worker_id = @id", new { id }), "the erasure is done");

    private static async ValueTask<Stream> ConnectNarrowlyAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 8_192 };
        await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
