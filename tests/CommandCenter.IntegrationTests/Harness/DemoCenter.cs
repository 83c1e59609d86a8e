using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace CommandCenter.IntegrationTests.Harness;

/// <summary>A running center with demo data, as its <c>demo.json</c> describes it: who may sign in, and three phones to speak for.</summary>
public sealed class DemoCenter(ServerProcess server, JsonElement demo)
{
    public ServerProcess Server { get; } = server;

    public DemoDevice[] Devices { get; } = [.. demo.GetProperty("devices").EnumerateArray().Select(device => new DemoDevice(
        device.GetProperty("osmandId").GetString()!,
        device.GetProperty("user").GetString()!,
        device.GetProperty("password").GetString()!,
        device.GetProperty("worker").GetString()!))];

    public static async Task<DemoCenter> OfAsync(ServerProcess server)
    {
        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(server.DataFolder!, "demo.json")));
        return new DemoCenter(server, document.RootElement.Clone());
    }

    /// <summary>Another server on the same data: a client of it with the same people.</summary>
    public DemoCenter At(ServerProcess other) => new(other, demo);

    /// <summary>Name and password of the demo account of that role for the whole district, or of the subdistrict's dispatcher.</summary>
    public (string User, string Password) AccountOf(string role, bool ofSubdistrict = false)
    {
        var account = demo.GetProperty("accounts").EnumerateArray().Single(account =>
            account.GetProperty("role").GetString() == role && (account.GetProperty("area").GetString() == "140106") != ofSubdistrict);
        return (account.GetProperty("user").GetString()!, account.GetProperty("password").GetString()!);
    }

    /// <summary>A bearer token of that account.</summary>
    public async Task<string> SignInAsync(string role, bool ofSubdistrict = false)
    {
        var (user, password) = AccountOf(role, ofSubdistrict);
        using var answer = await Server.Http.PostAsJsonAsync("/api/session", new { user, password });
        answer.EnsureSuccessStatusCode();
        return (await answer.ReadJsonAsync()).GetProperty("token").GetString()!;
    }

    public string SubdistrictOfDispatcher => demo.GetProperty("accounts").EnumerateArray()
        .Select(account => account.GetProperty("area").GetString()!).Single(area => area != "140106");

    public async Task<HttpStatusCode> SendFixAsync(DemoDevice device, long fixTimeMs, double longitude = 112.5700, double latitude = 37.8600)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"/osmand?id={device.OsmandId}&timestamp={fixTimeMs}&lat={latitude}&lon={longitude}&speed=2&bearing=90&accuracy=8&batt=70");
        using var answer = await Server.Http.GetAsync(query);
        return answer.StatusCode;
    }

    /// <summary>The worker's feature in <c>GET /api/positions</c>; null when there is none.</summary>
    public async Task<JsonElement?> PositionOfAsync(string token, string worker)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/positions?area=140106");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await Server.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        var features = (await answer.ReadJsonAsync()).GetProperty("features").EnumerateArray().ToList();
        var found = features.Where(feature => feature.GetProperty("properties").GetProperty("worker").GetString() == worker).ToList();
        return found.Count == 0 ? null : found[0];
    }

    public static string FixTimeOf(JsonElement feature) => feature.GetProperty("properties").GetProperty("fixTime").GetString()!;
}

public sealed record DemoDevice(string OsmandId, string User, string Password, string Worker);
