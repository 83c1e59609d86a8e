using System.Text;
using System.Text.Json;
using CommandCenter.Workers;

namespace CommandCenter.Positions.Protocols;

/// <summary>
/// What came to the OsmAnd endpoint, whatever its form: who says it and the reports, in the order sent. Query, form and JSON may be mixed:
/// the identifier often stands in the address that was typed into the app.
/// </summary>
public readonly struct OsmandRequest
{
    /// <summary>Longest query that is read on the stack; bytes.</summary>
    private const int ShortQuery = 1_024;

    private readonly OsmandFields _fields;
    private readonly string? _jsonId;
    private readonly List<PositionReport>? _several;

    private OsmandRequest(in OsmandFields fields) => _fields = fields;

    private OsmandRequest(string? id, List<PositionReport> reports) => (_jsonId, _several) = (id, reports);

    /// <summary>The device's secret identifier; null when none was sent.</summary>
    public string? Id => _several is null ? _fields.Id : _jsonId;

    public int Count => _several?.Count ?? 1;

    public IReadOnlyList<PositionReport> Reports => _several ?? [_fields.ToReport()];

    /// <summary>The identifier as the directory knows it; false when none was sent.</summary>
    public bool TryHashId(out SecretHash hash) => _several is null ? _fields.TryHashId(out hash) : DeviceSecrets.TryHash(_jsonId, out hash);

    public RentedReports Rent()
    {
        if (_several is null)
        {
            return RentedReports.Of(_fields.ToReport());
        }

        var rented = RentedReports.Of(_several.Count);
        _several.CopyTo(rented.Memory.Span);
        return rented;
    }

    public static OsmandRequest Read(string? query, string? contentType, ReadOnlyMemory<byte> body)
    {
        var fields = default(OsmandFields);
        ReadQuery(query, ref fields);
        if (IsJson(contentType, body.Span))
        {
            return ReadJson(fields.Id, body);
        }

        OsmandForm.Read(body.Span, ref fields);
        return new(fields);
    }

    private static void ReadQuery(string? query, ref OsmandFields fields)
    {
        if (query is not { Length: > 1 })
        {
            return;
        }

        var text = query.AsSpan(1);
        if (Encoding.UTF8.GetMaxByteCount(text.Length) > ShortQuery)
        {
            OsmandForm.Read(Encoding.UTF8.GetBytes(query, 1, query.Length - 1), ref fields);
            return;
        }

        Span<byte> bytes = stackalloc byte[ShortQuery];
        OsmandForm.Read(bytes[..Encoding.UTF8.GetBytes(text, bytes)], ref fields);
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
