using System.Text.Encodings.Web;
using System.Text.Json;

namespace CommandCenter.AreaFiles;

/// <summary>All areas of the account as GeoJSON, one feature a line, in the form that the import takes back.</summary>
internal static class ExportRun
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> WriteAsync(CenterClient client, TextWriter output, CancellationToken cancellationToken)
    {
        var count = 0;
        await output.WriteAsync("""{"type":"FeatureCollection","features":[""");
        await foreach (var area in client.AreasAsync(cancellationToken))
        {
            var feature = JsonSerializer.Serialize(
                new
                {
                    type = "Feature",
                    properties = new { code = area.Code, name = area.Name, nameEn = area.NameEn, kind = area.Kind, gridType = area.GridType, parent = area.Parent },
                    geometry = area.Geometry,
                },
                Json);
            await output.WriteAsync((count++ == 0 ? "\n" : ",\n") + feature);
        }

        await output.WriteLineAsync("\n]}");
        return count;
    }
}
