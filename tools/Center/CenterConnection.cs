using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using CommandCenter.Contracts.Access;

namespace CommandCenter.Center;

/// <summary>A server's REST interface as a person with an account has it: signs in, and turns what it refuses into words.</summary>
public sealed class CenterConnection(HttpClient http)
{
    /// <summary>Where the password may stand besides a file: never on the command line, which others can read.</summary>
    public const string PasswordVariable = "COMMANDCENTER_PASSWORD";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public HttpClient Http { get; } = http;

    /// <summary>Null: this is no address of a server.</summary>
    public static Uri? AddressOf(string text) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;

    /// <summary>Of the file, or else of <see cref="PasswordVariable"/>; null when there is none.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<string?> PasswordAsync(FileInfo? file, CancellationToken cancellationToken) =>
        file is not null ? (await File.ReadAllTextAsync(file.FullName, cancellationToken)).TrimEnd('\r', '\n')
        : Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } set ? set
        : null;

    /// <exception cref="ServerRefusedException">With the server's reason.</exception>
    public async Task SignInAsync(string user, string password, CancellationToken cancellationToken)
    {
        using var answer = await Http.PostAsJsonAsync("api/session", new SessionRequest(user, password), Json, cancellationToken);
        var session = await ReadAsync<SessionInfo>(answer, cancellationToken);
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.Token);
    }

    /// <exception cref="ServerRefusedException">With the server's reason.</exception>
    public async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken)
    {
        using var answer = await Http.GetAsync(path, cancellationToken);
        return await ReadAsync<T>(answer, cancellationToken);
    }

    /// <param name="answer">Of a request.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="alsoFine">A status besides 2xx that carries a <typeparamref name="T"/>.</param>
    /// <exception cref="ServerRefusedException">Anything else, with the server's reason.</exception>
    public static async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellationToken, HttpStatusCode? alsoFine = null)
    {
        if (!answer.IsSuccessStatusCode && answer.StatusCode != alsoFine)
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
