using System.Collections.Concurrent;
using System.Text.Json;
using CommandCenter.Alarms.Webhooks;
using CommandCenter.IntegrationTests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CommandCenter.IntegrationTests.Alarms;

/// <summary>What a gateway of short messages is told: signed, in order, and again when it was not there.</summary>
public sealed class WebhookTests
{
    private const string Key = "a key of sixteen characters";

    [Test]
    public async Task AGatewayIsToldEachStepSignedAndAgainWhenItFailed()
    {
        var told = new ConcurrentQueue<(string Signature, string Body)>();
        var failures = 1;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var gateway = builder.Build();
        gateway.MapPost("/sms", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            var body = await reader.ReadToEndAsync();
            if (Interlocked.Decrement(ref failures) >= 0)
            {
                return Results.StatusCode(500);
            }

            told.Enqueue((request.Headers["X-CommandCenter-Signature"].ToString(), body));
            return Results.Ok();
        });
        await gateway.StartAsync();

        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.Path, $"--AlarmWebhooks:Urls:sms={gateway.Urls.Single()}/sms", $"--AlarmWebhooks:Keys:sms={Key}");
        var center = await DemoCenter.OfAsync(server);
        var id = AlarmCenter.NewId();
        await server.PressUntilAnsweredAsync(center.Devices[0], AlarmCenter.Press(id));
        await server.PressUntilAnsweredAsync(center.Devices[0], AlarmCenter.Press(AlarmCenter.NewId(), "information"));
        await server.CallAsync(await center.SignInAsync("dispatcher"), "POST", $"/api/alarms/{id}/acknowledge");
        await Eventually.TrueAsync(() => told.Count >= 2, "the gateway is told", AlarmCenter.Patience);

        var bodies = told.Select(one => JsonDocument.Parse(one.Body).RootElement).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(bodies.Select(body => body.GetProperty("step").GetString()), Is.EquivalentTo(new[] { "raised", "acknowledged" }));
            Assert.That(bodies.Select(body => body.GetProperty("alarm").GetString()), Is.All.EqualTo(id), "information is not urgent enough");
            Assert.That(told.Select(one => one.Body), Has.None.Contains("请求支援"));
            foreach (var (signature, body) in told)
            {
                var at = long.Parse(signature.Split(',')[0]["t=".Length..], System.Globalization.CultureInfo.InvariantCulture);
                Assert.That(signature, Is.EqualTo(HookSender.Signature(Key, at, body)));
            }
        });
        Assert.That(server.Output, Does.Not.Contain(Key));
    }
}
