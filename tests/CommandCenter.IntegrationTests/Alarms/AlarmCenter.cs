using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.IntegrationTests.Alarms;

/// <summary>What tests of alarms ask of a demo center.</summary>
internal static class AlarmCenter
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static string NewId() => Guid.NewGuid().ToString("D");

    /// <summary>A press of now at a place in the district, with whatever else is given in place of it.</summary>
    public static Dictionary<string, object?> Press(string id, string kind = "sos") => new()
    {
        ["id"] = id,
        ["kind"] = kind,
        ["longitude"] = 112.57,
        ["latitude"] = 37.86,
        ["accuracyMeters"] = 12.5,
        ["occurredAt"] = DateTimeOffset.UtcNow,
        ["note"] = "请求支援",
    };

    public static async Task<(HttpStatusCode Status, JsonElement Body)> PressAsync(this ServerProcess server, DemoDevice device, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/alarms") { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{device.User}:{device.Password}")));
        return await SendAsync(server, request);
    }

    /// <summary>Presses until it is answered, as a phone does.</summary>
    public static async Task<JsonElement> PressUntilAnsweredAsync(this ServerProcess server, DemoDevice device, object body)
    {
        JsonElement answer = default;
        await Eventually.TrueAsync(
            async () =>
            {
                (var status, answer) = await server.PressAsync(device, body);
                return status is HttpStatusCode.Created or HttpStatusCode.OK;
            },
            "the press is answered",
            Patience);
        return answer;
    }

    public static async Task<(HttpStatusCode Status, JsonElement Body)> CallAsync(this ServerProcess server, string? token, string method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : JsonContent.Create(body) };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await SendAsync(server, request);
    }

    public static async Task<JsonElement> GetAsync(this ServerProcess server, string token, string path)
    {
        var (status, body) = await server.CallAsync(token, "GET", path);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), $"{path} {body}");
        return body;
    }

    /// <summary>With its ledger, once all of it is stored.</summary>
    public static async Task<JsonElement> StoredAsync(this ServerProcess server, string token, string id, Func<JsonElement, bool>? also = null)
    {
        JsonElement alarm = default;
        await Eventually.TrueAsync(
            async () =>
            {
                (var status, alarm) = await server.CallAsync(token, "GET", $"/api/alarms/{id}");
                return status == HttpStatusCode.OK && alarm.GetProperty("stored").GetBoolean() && alarm.GetProperty("ledger").GetArrayLength() > 0 && (also?.Invoke(alarm) ?? true);
            },
            $"the ledger is complete: {alarm}",
            Patience);
        return alarm;
    }

    public static List<string> Steps(this JsonElement alarm) => [.. alarm.GetProperty("ledger").EnumerateArray().Select(entry => entry.GetProperty("step").GetString()!)];

    public static List<string> Ids(this JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];

    public static async Task<HttpStatusCode> SosAsync(this ServerProcess server, DemoDevice device, long fixTimeMs, double latitude = 37.86, double longitude = 112.57)
    {
        using var answer = await server.Http.GetAsync(string.Create(
            CultureInfo.InvariantCulture, $"/osmand?id={device.OsmandId}&timestamp={fixTimeMs}&lat={latitude}&lon={longitude}&accuracy=8&alarm=sos"));
        return answer.StatusCode;
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(ServerProcess server, HttpRequestMessage request)
    {
        using var response = await server.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }
}
