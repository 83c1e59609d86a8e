using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.IntegrationTests.Harness;
using DemoDevice = CommandCenter.Demo.DemoDevice;

namespace CommandCenter.IntegrationTests.Dispatch;

/// <summary>A demo whose phones say where they are, press SOS and answer when they are sent somewhere.</summary>
internal sealed class DispatchWorld(DemoServer demo) : IAsyncDisposable
{
    /// <summary>The middle of the demo's city.</summary>
    public const double Longitude = 112.5700;
    public const double Latitude = 37.8700;

    public DemoServer Demo { get; } = demo;

    /// <summary>Of people on duty.</summary>
    public IReadOnlyList<DemoDevice> Phones { get; } = demo.Secrets.Simulated;

    public static async Task<DispatchWorld> StartAsync(params string[] options) => new(await DemoServer.StartAsync(options));

    /// <summary>Metres east and north of the middle.</summary>
    public static (double Longitude, double Latitude) At(double east, double north) =>
        (Longitude + (east / (111_195 * Math.Cos(Latitude * Math.PI / 180))), Latitude + (north / 111_195));

    public async Task ReportAsync(DemoDevice phone, double east, double north, TimeSpan ago = default)
    {
        var (longitude, latitude) = At(east, north);
        var at = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - (long)ago.TotalMilliseconds;
        using var sent = await Demo.Server.Http.GetAsync(string.Create(
            CultureInfo.InvariantCulture, $"/osmand?id={phone.OsmandId}&timestamp={at}&lat={latitude:F7}&lon={longitude:F7}&speed=0&accuracy=6&batt=70"));
        Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    /// <summary>The id of the alarm.</summary>
    public async Task<Guid> PressAsync(DemoDevice phone, double east, double north)
    {
        var id = Guid.NewGuid();
        var (longitude, latitude) = At(east, north);
        var (status, _) = await ByPhoneAsync(phone, "POST", "/api/alarms", new { id, kind = "sos", longitude, latitude, accuracyMeters = 10, occurredAt = DateTimeOffset.UtcNow });
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created));
        return id;
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> ByPhoneAsync(DemoDevice phone, string method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{phone.User}:{phone.Password}")));
        using var response = await Demo.Server.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(string user, Guid alarm, Guid id, params DemoDevice[] phones) =>
        Demo.CallAsync(user, "POST", "/api/assignments", new { id, alarm, workers = phones.Select(phone => phone.Worker) });

    public Task<(HttpStatusCode Status, JsonElement Body)> SetAsync(string user, string assignment, string state) =>
        Demo.CallAsync(user, "POST", $"/api/assignments/{assignment}/state", new { state });

    public async Task<IReadOnlyList<JsonElement>> AssignmentsAsync(Guid alarm, string user = "dispatcher")
    {
        var (status, body) = await Demo.CallAsync(user, "GET", $"/api/alarms/{alarm}/assignments");
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        return [.. body.GetProperty("items").EnumerateArray()];
    }

    public async Task<string> StateAsync(Guid alarm, string assignment) =>
        (await AssignmentsAsync(alarm)).Single(one => one.GetProperty("id").GetString() == assignment).GetProperty("state").GetString()!;

    /// <summary>Until the live picture knows of the position.</summary>
    public Task UntilSeenAsync(DemoDevice phone) => Eventually.TrueAsync(
        async () =>
        {
            var (_, body) = await Demo.CallAsync("dispatcher", "GET", "/api/positions");
            return body.GetProperty("features").EnumerateArray().Any(one => one.GetProperty("properties").GetProperty("worker").GetString() == phone.Worker);
        },
        "the position is in the picture",
        TimeSpan.FromSeconds(60));

    public async ValueTask DisposeAsync() => await Demo.DisposeAsync();
}
