using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Access;
using CommandCenter.Contracts.Areas;
using CommandCenter.Contracts.Import;

namespace CommandCenter.AreaFiles;

/// <summary>The server's REST interface as far as files need it.</summary>
internal sealed class CenterClient(HttpClient http)
{
    private const int AreasAPage = 500;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public async Task SignInAsync(string user, string password, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync("api/session", new SessionRequest(user, password), Json, cancellationToken);
        var session = await ReadAsync<SessionInfo>(answer, cancellationToken);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.Token);
    }

    /// <summary>A preview, or with its fingerprint the real thing.</summary>
    public async Task<ImportReport> ImportAsync(ImportKind kind, byte[] file, string? datum, string? fingerprint, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue(kind == ImportKind.Areas ? "application/geo+json" : "text/csv");
        var query = (datum is null ? "" : $"&datum={datum}") + (fingerprint is null ? "" : $"&fingerprint={Uri.EscapeDataString(fingerprint)}");
        var path = $"api/import/{JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())}?apply={(fingerprint is null ? "false" : "true")}{query}";
        using var answer = await http.PostAsync(path, content, cancellationToken);
        return await ReadAsync<ImportReport>(answer, cancellationToken);
    }

    /// <summary>All areas with their polygons, by code.</summary>
    public async IAsyncEnumerable<AreaInfo> AreasAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            using var answer = await http.GetAsync(
                $"api/areas?geometry=true&limit={AreasAPage}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", cancellationToken);
            var page = await ReadAsync<Page<AreaInfo>>(answer, cancellationToken);
            foreach (var area in page.Items)
            {
                yield return area;
            }

            cursor = page.Next;
        }
        while (cursor is not null);
    }

    // 422 carries a report like 200 does.
    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode && answer.StatusCode != HttpStatusCode.UnprocessableEntity)
        {
            throw new ServerRefusedException(await WhyAsync(answer, cancellationToken));
        }

        try
        {
            return await answer.Content.ReadFromJsonAsync<T>(Json, cancellationToken) ?? throw new ServerRefusedException("The server answered nothing.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new ServerRefusedException($"The server's answer ({(int)answer.StatusCode}) is not one of CommandCenter's: is this the right address?");
        }
    }

    private static async Task<string> WhyAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Json, cancellationToken);
            if (problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty("detail", out var detail))
            {
                return $"{detail} ({(int)answer.StatusCode})";
            }
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            // A proxy's page: the status says what there is to say.
        }

        return $"The server answered {(int)answer.StatusCode} {answer.ReasonPhrase}.";
    }
}
