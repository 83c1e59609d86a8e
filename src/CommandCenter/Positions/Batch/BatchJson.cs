using System.Text.Json;
using CommandCenter.Workers;

namespace CommandCenter.Positions.Batch;

/// <summary>
/// Reads <c>{"reports":[…]}</c> or a bare array. Each item is read on its own: what is wrong with one costs only that one. Names and types
/// are those of <see cref="Contracts.Positions.PositionBatchItem"/>; members it does not know are passed over. Token by token, because a
/// document of a large batch would be larger than the batch.
/// </summary>
public static class BatchJson
{
    /// <summary>Longest escaped name or text that is unescaped: no field of ours is longer.</summary>
    private const int MaxEscaped = 512;

    private const string HalfPair = "a name or text holds half a surrogate pair";

    public static BatchBody Read(ReadOnlySpan<byte> body, int maxReports, DeviceDirectory? devices = null)
    {
        var reader = new Utf8JsonReader(body);
        var items = new BatchItems();
        try
        {
            reader.Read();
            var unreadable = reader.TokenType == JsonTokenType.StartObject
                ? ReadObject(ref reader, ref items, maxReports, devices)
                : ReadArray(ref reader, ref items, maxReports, devices);
            if (items.Count > maxReports)
            {
                items.Return();
                return BatchBody.Overfull();
            }

            // What follows the root is an error of its own.
            reader.Read();
            if (unreadable is null)
            {
                return items.ToBody();
            }

            items.Return();
            return BatchBody.Unreadable(unreadable);
        }
        catch (JsonException error)
        {
            items.Return();
            return BatchBody.Unreadable($"The JSON is not valid in line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}.");
        }
    }

    /// <summary>Null, or why the object is no batch. Of a repeated member the last counts.</summary>
    private static string? ReadObject(ref Utf8JsonReader reader, ref BatchItems items, int maxReports, DeviceDirectory? devices)
    {
        string? unreadable = null;
        var found = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isReports = !reader.ValueIsEscaped && reader.ValueSpan.SequenceEqual("reports"u8);
            reader.Read();
            if (!isReports)
            {
                reader.Skip();
                continue;
            }

            items.Return();
            found = reader.TokenType != JsonTokenType.Null;
            unreadable = ReadArray(ref reader, ref items, maxReports, devices);
            if (items.Count > maxReports)
            {
                return null;
            }
        }

        return found ? unreadable : "The body has no member 'reports'.";
    }

    private static string? ReadArray(ref Utf8JsonReader reader, ref BatchItems items, int maxReports, DeviceDirectory? devices)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return "The body must be an array of reports or an object whose member 'reports' is one.";
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadItem(ref reader, devices));
            if (items.Count > maxReports)
            {
                return null;
            }
        }

        return null;
    }

    private static BatchItem ReadItem(ref Utf8JsonReader reader, DeviceDirectory? devices)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return BatchItem.Malformed("the item is not an object");
        }

        Span<byte> name = stackalloc byte[MaxEscaped];
        Span<byte> text = stackalloc byte[MaxEscaped];
        var fields = new BatchFields(devices);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!TryText(reader, name, out var member))
            {
                fields.Spoil(HalfPair);
            }

            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.Null: break;
                case JsonTokenType.Number when reader.TryGetDouble(out var number): fields.Set(member, BatchValue.Of(number)); break;
                case JsonTokenType.True: fields.Set(member, BatchValue.Of(true)); break;
                case JsonTokenType.False: fields.Set(member, BatchValue.Of(false)); break;
                case JsonTokenType.String when TryText(reader, text, out var value): fields.Set(member, BatchValue.Of(value)); break;
                case JsonTokenType.String: fields.Spoil(HalfPair); break;
                default:
                    reader.Skip();
                    fields.Set(member, default);
                    break;
            }
        }

        return fields.ToItem();
    }

    /// <summary>The name or text the reader stands at, unescaped. False when it is no text, for half a surrogate pair is none.</summary>
    private static bool TryText(in Utf8JsonReader reader, Span<byte> buffer, out ReadOnlySpan<byte> text)
    {
        text = reader.ValueSpan;
        if (!reader.ValueIsEscaped || text.Length > buffer.Length)
        {
            return true;
        }

        try
        {
            text = buffer[..reader.CopyString(buffer)];
            return true;
        }
        catch (InvalidOperationException)
        {
            text = [];
            return false;
        }
    }
}
