using System.Collections.Concurrent;
using System.Text.Json;
using CommandCenter.Contracts.Positions;
using CommandCenter.Phones;
using MessagePack;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CommandCenter.Tests.Tools;

/// <summary>One request as it arrived.</summary>
internal sealed record Arrived(string Path, string Query, string? ContentType, string? Authorization, byte[] Body, long Timestamp)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}

/// <summary>The ingest endpoints as the phones see them, on a loopback port: keeps what arrives and answers as the test says.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web);
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Action<HttpResponse>> _faults = new();

    private FakeServer(WebApplication app) => _app = app;

    public ConcurrentQueue<Arrived> Requests { get; } = new();

    /// <summary>Judges each item of a batch; null accepts it.</summary>
    public Func<PositionBatchItem, string?> Refuse { get; set; } = _ => null;

    /// <summary>The most reports a batch may hold.</summary>
    public int Most { get; set; } = 5_000;

    public HttpClient Line { get; private set; } = null!;

    public static async Task<FakeServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var fake = new FakeServer(app);
        app.Run(fake.AnswerAsync);
        await app.StartAsync();
        fake.Line = PhoneLine.Open(new Uri(app.Urls.First()));
        return fake;
    }

    /// <summary>Spoils the next request that has not been spoilt yet.</summary>
    public void FailNext(int status, string? retryAfter = null, string? body = null) => _faults.Enqueue(response =>
    {
        response.StatusCode = status;
        if (retryAfter is not null)
        {
            response.Headers.RetryAfter = retryAfter;
        }

        if (body is not null)
        {
            response.ContentType = "application/problem+json";
            response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(body)).AsTask().GetAwaiter().GetResult();
        }
    });

    public async ValueTask DisposeAsync()
    {
        Line.Dispose();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var request = new Arrived(
            context.Request.Path, context.Request.QueryString.Value ?? "", context.Request.ContentType,
            context.Request.Headers.Authorization, body.ToArray(), System.Diagnostics.Stopwatch.GetTimestamp());
        Requests.Enqueue(request);
        context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpBodyControlFeature>()!.AllowSynchronousIO = true;
        if (_faults.TryDequeue(out var fault))
        {
            fault(context.Response);
        }
        else if (request.Path == "/api/positions")
        {
            await AnswerBatchAsync(context, request);
        }
        else
        {
            context.Response.StatusCode = request.Path is "/osmand" or "/owntracks" ? 200 : 404;
        }
    }

    private async Task AnswerBatchAsync(HttpContext context, Arrived request)
    {
        var packed = request.ContentType == "application/x-msgpack";
        var batch = packed
            ? MessagePackSerializer.Deserialize<PositionBatch>(request.Body)
            : JsonSerializer.Deserialize<PositionBatch>(request.Body, Wire)!;
        if (batch.Reports.Count > Most)
        {
            context.Response.StatusCode = 413;
            return;
        }

        var items = batch.Reports.Select((report, index) =>
        {
            var reason = Refuse(report);
            return new PositionBatchItemResult { Index = index, Status = reason is null ? "accepted" : "refused", Reason = reason };
        }).ToArray();
        var result = new PositionBatchResult
        {
            Accepted = items.Count(i => i.Reason is null),
            Refused = items.Count(i => i.Reason is not null),
            Items = items,
        };
        context.Response.ContentType = packed ? "application/x-msgpack" : "application/json";
        await context.Response.Body.WriteAsync(packed ? MessagePackSerializer.Serialize(result) : JsonSerializer.SerializeToUtf8Bytes(result, Wire));
    }
}
