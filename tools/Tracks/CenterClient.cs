using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.Contracts.Access;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Tracks;

namespace CommandCenter.TrackFiles;

/// <summary>The server's REST interface as far as tracks are put back.</summary>
internal sealed class CenterClient(HttpClient http)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public async Task SignInAsync(string user, string password, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync("api/session", new SessionRequest(user, password), Json, cancellationToken);
        var session = await ReadAsync<SessionInfo>(answer, cancellationToken);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.Token);
    }

    /// <param name="lines">As in raw/fixes.jsonl.</param>
    /// <param name="reason">Goes percent-encoded: headers carry Latin-1 alone.</param>
    /// <param name="cancellationToken">Ends the wait; what was stored stays.</param>
    public async Task<TrackReimportReport> PutBackAsync(ReadOnlyMemory<byte> lines, AuditReason reason, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/tracks/reimport") { Content = new ReadOnlyMemoryContent(lines) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        request.Headers.Add(AuditReason.Header, Uri.EscapeDataString(reason.Text));
        if (reason.Case is { } number)
        {
            request.Headers.Add(AuditReason.CaseHeader, Uri.EscapeDataString(number));
        }

        using var answer = await http.SendAsync(request, cancellationToken);
        return await ReadAsync<TrackReimportReport>(answer, cancellationToken);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            if (answer.IsSuccessStatusCode)
            {
                return await answer.Content.ReadFromJsonAsync<T>(Json, cancellationToken) ?? throw new ServerRefusedException("The server answered nothing.");
            }

            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Json, cancellationToken);
            if (problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty("detail", out var detail))
            {
                throw new ServerRefusedException($"{detail} ({(int)answer.StatusCode})");
            }
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            // A proxy's page, or another server: the status says what there is to say.
        }

        throw new ServerRefusedException($"The server answered {(int)answer.StatusCode} {answer.ReasonPhrase}.");
    }
}

/// <summary>An answer that ends the run; the message is for the person.</summary>
internal sealed class ServerRefusedException(string message) : Exception(message);
