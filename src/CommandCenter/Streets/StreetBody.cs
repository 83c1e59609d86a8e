using System.Text.Json;

namespace CommandCenter.Streets;

/// <summary>Reads the uploaded file; the server's own bound of the endpoint answers 413.</summary>
internal static class StreetBody
{
    /// <summary>Null when it is no JSON.</summary>
    public static async Task<JsonDocument?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
