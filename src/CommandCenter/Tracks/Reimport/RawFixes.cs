using System.Text.Json;

namespace CommandCenter.Tracks.Reimport;

/// <summary>Reads <c>raw/fixes.jsonl</c> of a case, which is what the wire of a re-import is too: a JSON object a line, read one at a time.</summary>
internal static class RawFixes
{
    private const int MostLineBytes = 4_096;

    public static IEnumerable<FixLine> Read(Stream stream)
    {
        var buffer = new byte[64 * 1_024];
        int start = 0, end = 0, searched = 0;
        long number = 0;
        var over = false;
        while (true)
        {
            var at = Array.IndexOf(buffer, (byte)'\n', start + searched, end - start - searched);
            if (at >= 0)
            {
                number++;
                var length = at - start;
                if (over || length > MostLineBytes)
                {
                    yield return FixLine.Bad(number, "line");
                }
                else if (!IsBlank(buffer.AsSpan(start, length)))
                {
                    yield return Parse(buffer.AsSpan(start, length), number);
                }

                (start, searched, over) = (at + 1, 0, false);
                continue;
            }

            if (end - start > MostLineBytes)
            {
                // The rest of a line that is none, up to its end.
                (over, start, end) = (true, 0, 0);
            }

            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end, searched) = (0, end - start, end - start);
            var read = stream.Read(buffer, end, buffer.Length - end);
            if (read == 0)
            {
                break;
            }

            end += read;
        }

        if (over || !IsBlank(buffer.AsSpan(0, end)))
        {
            yield return over ? FixLine.Bad(number + 1, "line") : Parse(buffer.AsSpan(0, end), number + 1);
        }
    }

    private static FixLine Parse(ReadOnlySpan<byte> json, long line)
    {
        string? worker = null;
        long? device = null, time = null, longitude = null, latitude = null, speed = null, heading = null, accuracy = null, altitude = null, battery = null, flags = null;
        var reader = new Utf8JsonReader(json);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return FixLine.Bad(line, "line");
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString();
                reader.Read();
                switch (name)
                {
                    case "worker": worker = reader.GetString(); break;
                    case "deviceId": device = reader.GetInt64(); break;
                    case "fixTimeMs": time = reader.GetInt64(); break;
                    case "longitudeE7": longitude = reader.GetInt64(); break;
                    case "latitudeE7": latitude = reader.GetInt64(); break;
                    case "speedCmps": speed = reader.GetInt64(); break;
                    case "headingDeci": heading = reader.GetInt64(); break;
                    case "accuracyDm": accuracy = reader.GetInt64(); break;
                    case "altitudeM": altitude = reader.GetInt64(); break;
                    case "batteryPercent": battery = reader.GetInt64(); break;
                    case "flags": flags = reader.GetInt64(); break;
                    default: reader.Skip(); break;
                }
            }

            // What is cut off before its end says no fix.
            return reader.TokenType == JsonTokenType.EndObject
                ? FixValues.Line(line, worker, device, time, longitude, latitude, speed, heading, accuracy, altitude, battery, flags)
                : FixLine.Bad(line, "line");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return FixLine.Bad(line, "line");
        }
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.Trim(" \t\r"u8).IsEmpty;
}
