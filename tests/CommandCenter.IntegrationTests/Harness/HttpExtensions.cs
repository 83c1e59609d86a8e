using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace CommandCenter.IntegrationTests.Harness;

public static class HttpExtensions
{
    /// <summary>The body as JSON, whatever the status.</summary>
    public static async Task<JsonElement> ReadJsonAsync(this HttpResponseMessage response)
    {
        await using var body = await response.Content.ReadAsStreamAsync();
        using var document = await JsonDocument.ParseAsync(body);
        return document.RootElement.Clone();
    }

    /// <summary>False too while nobody listens: a server that ends as it is connected to shows as a <see cref="SocketException"/>.</summary>
    public static async Task<bool> AnswersAsync(this HttpClient client, string path, HttpStatusCode status)
    {
        try
        {
            using var response = await client.GetAsync(path);
            return response.StatusCode == status;
        }
        catch (Exception e) when (e is HttpRequestException or SocketException)
        {
            return false;
        }
    }
}
