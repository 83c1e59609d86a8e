using System.Text;
using System.Text.Json;

namespace CommandCenter.Positions.Protocols;

/// <summary>
/// What came to the OsmAnd endpoint, whatever its form: who says it and the reports, in the order sent. Query, form and JSON may be mixed:
/// the identifier often stands in the address that was typed into the app.
/// </summary>
public sealed class OsmandRequest
{
    private OsmandRequest(string? id, List<PositionReport> reports) => (Id, Reports) = (id, reports);

    /// <summary>The device's secret identifier; null when none was sent.</summary>
    public string? Id { get; }

    public List<PositionReport> Reports { get; }

    public static OsmandRequest Read(string? query, string? contentType, ReadOnlyMemory<byte> body)
    {
        var fields = default(OsmandFields);
        ReadQuery(query, ref fields);
        if (IsJson(contentType, body.Span))
        {
            return ReadJson(fields.Id, body);
        }

        OsmandForm.Read(body.Span, ref fields);
        return new(fields.Id, [fields.ToReport()]);
    }

    private static void ReadQuery(string? query, ref OsmandFields fields)
    {
        if (query is { Length: > 1 })
        {
            OsmandForm.Read(Encoding.UTF8.GetBytes(query, 1, query.Length - 1), ref fields);
        }
    }

    /// <summary>The first byte decides, for apps and relays name JSON and forms wrongly; a form never starts with a bracket.</summary>
    private static bool IsJson(string? contentType, ReadOnlySpan<byte> body)
    {
        var text = body.TrimStart(" \t\r\n"u8);
        return text.IsEmpty
            ? false
            : text[0] is (byte)'{' or (byte)'[' || (contentType?.Contains("json", StringComparison.OrdinalIgnoreCase) ?? false);
    }

    private static OsmandRequest ReadJson(string? id, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var reports = OsmandJson.Read(document.RootElement, ref id);
            return new(id, reports);
        }
        catch (JsonException error)
        {
            return new(id, [new PositionReport { Malformed = $"the JSON breaks off in line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}" }]);
        }
    }
}
