using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using CommandCenter.Assessment.Sources;

namespace CommandCenter.Assessment.Periods;

/// <summary>A score's evidence as it is kept: an object of JSON by indicator, brotli.</summary>
internal static class EvidenceBytes
{
    /// <summary>Null where there is none.</summary>
    public static (byte[]? Packed, Dictionary<string, EvidenceMark> Marks) Pack(IReadOnlyDictionary<string, Evidence> evidence)
    {
        var marks = new Dictionary<string, EvidenceMark>();
        if (evidence.Count == 0)
        {
            return (null, marks);
        }

        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new Utf8JsonWriter(brotli))
        {
            writer.WriteStartObject();
            foreach (var (indicator, one) in evidence.OrderBy(one => one.Key, StringComparer.Ordinal))
            {
                var bytes = JsonSerializer.SerializeToUtf8Bytes(one, ScoreBody.Json);
                marks[indicator] = new EvidenceMark(one.Kind, one.Count, Convert.ToHexStringLower(SHA256.HashData(bytes)));
                writer.WritePropertyName(indicator);
                writer.WriteRawValue(bytes, skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        return (packed.ToArray(), marks);
    }

    /// <summary>Of one indicator; null: there is none.</summary>
    public static Evidence? Read(byte[] packed, string indicator)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var document = JsonDocument.Parse(brotli);
        return document.RootElement.TryGetProperty(indicator, out var one) ? one.Deserialize<Evidence>(ScoreBody.Json) : null;
    }
}
