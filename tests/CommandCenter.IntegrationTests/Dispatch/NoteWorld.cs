using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.IntegrationTests.Dispatch;

/// <summary>Notes and files that desks and phones put beside alarms.</summary>
internal static class NoteWorld
{
    /// <summary>A picture of one pixel.</summary>
    public static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    /// <summary>A dispatcher of one subdistrict.</summary>
    public const string Small = "dispatcher-140106004";

    /// <summary>The phone of somebody at home outside of <see cref="Small"/>'s area, and a place in it.</summary>
    public static async Task<(CommandCenter.Demo.DemoDevice Phone, double[] Place)> StrangerAsync(this DemoServer demo)
    {
        var (_, roster) = await demo.CallAsync(Small, "GET", "/api/workers?limit=5000");
        var inside = roster.GetProperty("items").EnumerateArray().Select(worker => worker.GetProperty("code").GetString()!).ToHashSet();
        using var simulator = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(demo.Folder, "simulator.json")));
        var home = simulator.RootElement.GetProperty("workers").EnumerateArray().First(worker => inside.Contains(worker.GetProperty("worker").GetString()!)).GetProperty("home");
        return (demo.Secrets.Simulated.Last(phone => !inside.Contains(phone.Worker)), [home[0].GetDouble(), home[1].GetDouble()]);
    }

    /// <summary>Something that begins as a JPEG does, of a size, and no other is like it.</summary>
    public static byte[] Jpeg(int size, byte mark = 1)
    {
        var bytes = new byte[size];
        new byte[] { 0xFF, 0xD8, 0xFF, 0xE0, mark }.CopyTo(bytes, 0);
        return bytes;
    }

    public static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    public static AuthenticationHeaderValue Desk(this DemoServer demo, string user) => new("Bearer", demo.TokenOf(user));

    public static AuthenticationHeaderValue Phone(this CommandCenter.Demo.DemoDevice phone) => Basic(phone.User, phone.Password);

    public static Task<(HttpStatusCode Status, JsonElement Body)> NoteAsync(this ServerProcess server, AuthenticationHeaderValue? who, object alarm, object id, string? text) =>
        SendAsync(server, who, HttpMethod.Post, $"/api/alarms/{alarm}/notes", JsonContent.Create(new { id, text }));

    public static Task<(HttpStatusCode Status, JsonElement Body)> AttachAsync(
        this ServerProcess server, AuthenticationHeaderValue? who, object alarm, object id, byte[] content, string type = "image/png", string name = "现场.png", bool chunked = false)
    {
        var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue(type);
        return SendAsync(server, who, HttpMethod.Post, $"/api/alarms/{alarm}/attachments?id={id}&name={Uri.EscapeDataString(name)}", body, chunked);
    }

    public static async Task<JsonElement> DetailAsync(this ServerProcess server, AuthenticationHeaderValue who, object alarm)
    {
        var (status, body) = await SendAsync(server, who, HttpMethod.Get, $"/api/alarms/{alarm}", null);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToString());
        return body;
    }

    /// <summary>Once all of the ledger is stored and there are so many entries of a step.</summary>
    public static async Task<JsonElement> StoredAsync(this ServerProcess server, AuthenticationHeaderValue who, object alarm, string step, int count)
    {
        JsonElement detail = default;
        await Eventually.TrueAsync(
            async () =>
            {
                detail = await server.DetailAsync(who, alarm);
                return detail.GetProperty("stored").GetBoolean() && detail.Of(step).Count >= count;
            },
            $"{count} entries '{step}'",
            TimeSpan.FromSeconds(60));
        Assert.That(detail.Of(step), Has.Count.EqualTo(count));
        Assert.That(detail.GetProperty("intact").GetBoolean(), Is.True);
        return detail;
    }

    /// <summary>What people added of that step.</summary>
    public static List<JsonElement> Of(this JsonElement detail, string step) =>
        [.. detail.GetProperty("ledger").EnumerateArray().Where(entry => entry.GetProperty("step").GetString() == step && entry.GetProperty("via").ValueKind == JsonValueKind.String)];

    public static string? Reason(this JsonElement problem) => problem.GetProperty("reason").GetString();

    public static async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(
        ServerProcess server, AuthenticationHeaderValue? who, HttpMethod method, string path, HttpContent? body, bool chunked = false)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.Authorization = who;
        request.Headers.TransferEncodingChunked = chunked ? true : null;
        using var response = await server.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }
}
