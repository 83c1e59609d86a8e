using System.Collections.Concurrent;
using System.Text.Json;
using CommandCenter.Phones;
using CommandCenter.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CommandCenter.Tests.Tools;

/// <summary>The desk against the two doors of a server that it uses.</summary>
internal sealed class DutyDeskTests
{
    private static readonly string[] Codes = ["W1", "W2", "W3"];

    private readonly ConcurrentQueue<string> _asked = new();
    private readonly ConcurrentQueue<int> _faults = new();
    private WebApplication _server = null!;
    private HttpClient _line = null!;
    private string _token = "t1";

    [SetUp]
    public async Task StartServer()
    {
        _asked.Clear();
        _faults.Clear();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(AnswerAsync);
        await _server.StartAsync();
        _line = PhoneLine.Open(new Uri(_server.Urls.First()), connections: 1);
    }

    [TearDown]
    public async Task StopServer()
    {
        _line.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task SignsInLooksWhoIsOffAndChangesOnlyWhatDiffers()
    {
        var desk = Desk();
        desk.Want(0, onDuty: false);
        desk.Want(1, onDuty: true); // whom the server has off duty
        desk.Want(2, onDuty: true);

        await RunUntilAsync(desk, () => desk.Changed == 2);

        Assert.That(_asked.Take(3), Is.EqualTo(new[] { "POST /api/session", "GET /api/workers?onDuty=false", "GET /api/workers?onDuty=false&cursor=next" }));
        Assert.That(_asked.Skip(3), Is.EquivalentTo(new[] { "POST W1 false", "POST W2 true" }));
        Assert.That((desk.IsOnDuty(0), desk.IsOnDuty(1), desk.IsOnDuty(2)), Is.EqualTo((false, true, true)));
    }

    [Test]
    public async Task TriesAgainAfterTroubleAndSignsInAnewWhenTheTokenEnded()
    {
        var desk = Desk();
        await RunUntilAsync(desk, () => _asked.Count >= 3);
        _token = "t2"; // the server no longer knows the old one
        _faults.Enqueue(503);
        desk.Want(0, onDuty: false);

        await RunUntilAsync(desk, () => desk.Changed == 1);

        Assert.That(_asked.Skip(3), Is.EqualTo(new[] { "fault 503", "401", "POST /api/session", "POST W1 false" }));
    }

    private DutyDesk Desk() => new(_line, new PlannedDesk { User = "desk", Password = "secret" }, Codes, TimeProvider.System, _ => { });

    private static async Task RunUntilAsync(DutyDesk desk, Func<bool> done)
    {
        using var ending = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var running = desk.RunAsync(ending.Token);
        while (!done() && !running.IsCompleted)
        {
            await Task.Delay(20);
        }

        await ending.CancelAsync();
        Assert.That(async () => await running, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(done(), Is.True, "in time");
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (_faults.TryDequeue(out var fault))
        {
            _asked.Enqueue($"fault {fault}");
            context.Response.StatusCode = fault;
            return;
        }

        if (request.Path == "/api/session")
        {
            _asked.Enqueue("POST /api/session");
            await context.Response.WriteAsJsonAsync(new
            {
                user = "desk",
                role = "dispatcher",
                area = "1",
                areaName = "A",
                token = _token,
                csrf = "c",
                expiresAt = DateTimeOffset.UnixEpoch,
                demo = true,
            });
        }
        else if (request.Headers.Authorization != "Bearer " + _token)
        {
            _asked.Enqueue("401");
            context.Response.StatusCode = 401;
        }
        else if (request.Path == "/api/workers")
        {
            var cursor = request.Query["cursor"].ToString();
            _asked.Enqueue($"GET /api/workers?onDuty={request.Query["onDuty"]}" + (cursor.Length > 0 ? "&cursor=" + cursor : ""));
            await context.Response.WriteAsJsonAsync(new
            {
                items = cursor.Length == 0 ? [] : new[] { new { id = 2, code = "W2", name = "B", role = "gridWorker", area = "1", onDuty = false } },
                next = cursor.Length == 0 ? "next" : null,
            });
        }
        else
        {
            var body = await JsonDocument.ParseAsync(request.Body);
            _asked.Enqueue($"POST {request.Path.Value!.Split('/')[3]} {(body.RootElement.GetProperty("onDuty").GetBoolean() ? "true" : "false")}");
            await context.Response.WriteAsJsonAsync(new { });
        }
    }
}
