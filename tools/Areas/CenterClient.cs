using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CommandCenter.Center;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Areas;
using CommandCenter.Contracts.Import;

namespace CommandCenter.AreaFiles;

/// <summary>The server's REST interface as far as files need it.</summary>
internal sealed class CenterClient(CenterConnection center)
{
    private const int AreasAPage = 500;

    /// <summary>A preview, or with its fingerprint the real thing.</summary>
    public async Task<ImportReport> ImportAsync(ImportKind kind, byte[] file, string? datum, string? fingerprint, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue(kind == ImportKind.Areas ? "application/geo+json" : "text/csv");
        var query = (datum is null ? "" : $"&datum={datum}") + (fingerprint is null ? "" : $"&fingerprint={Uri.EscapeDataString(fingerprint)}");
        var path = $"api/import/{JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())}?apply={(fingerprint is null ? "false" : "true")}{query}";
        using var answer = await center.Http.PostAsync(path, content, cancellationToken);

        // A file with errors carries a report as well.
        return await CenterConnection.ReadAsync<ImportReport>(answer, cancellationToken, HttpStatusCode.UnprocessableEntity);
    }

    /// <summary>All areas with their polygons, by code.</summary>
    public async IAsyncEnumerable<AreaInfo> AreasAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await center.GetAsync<Page<AreaInfo>>(
                $"api/areas?geometry=true&limit={AreasAPage}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", cancellationToken);
            foreach (var area in page.Items)
            {
                yield return area;
            }

            cursor = page.Next;
        }
        while (cursor is not null);
    }
}
