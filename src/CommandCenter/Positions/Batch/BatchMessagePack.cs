using CommandCenter.Workers;
using MessagePack;

namespace CommandCenter.Positions.Batch;

/// <summary>
/// Reads a batch as MessagePack: the map <c>{reports: […]}</c> or a bare array, each item a map with the names of
/// <see cref="Contracts.Positions.PositionBatchItem"/>. As with JSON, a wrong value costs only its item, broken framing the whole body.
/// </summary>
public static class BatchMessagePack
{
    public static BatchBody Read(ReadOnlyMemory<byte> body, int maxReports, DeviceDirectory? devices = null)
    {
        var reader = new MessagePackReader(body);
        var items = new BatchItems();
        try
        {
            var unreadable = ReadRoot(ref reader, body.Span, ref items, maxReports, devices);
            if (items.Count <= maxReports && unreadable is null)
            {
                return items.ToBody();
            }

            var tooMany = items.Count > maxReports;
            items.Return();
            return tooMany ? BatchBody.Overfull() : BatchBody.Unreadable(unreadable!);
        }
        catch (MessagePackSerializationException error)
        {
            items.Return();
            return BatchBody.Unreadable($"The MessagePack is not valid at byte {reader.Consumed + 1}: {error.Message}");
        }
    }

    /// <summary>Null, or why the body is no batch.</summary>
    private static string? ReadRoot(ref MessagePackReader reader, ReadOnlySpan<byte> body, ref BatchItems items, int maxReports, DeviceDirectory? devices)
    {
        var found = false;
        if (!reader.End && reader.NextMessagePackType == MessagePackType.Map)
        {
            for (var members = reader.ReadMapHeader(); members > 0 && items.Count <= maxReports; members--)
            {
                if (Name(ref reader).SequenceEqual("reports"u8) && reader.NextMessagePackType == MessagePackType.Array)
                {
                    found = true;
                    items.Return();
                    ReadItems(ref reader, body, ref items, maxReports, devices);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        else if (!reader.End && reader.NextMessagePackType == MessagePackType.Array)
        {
            found = true;
            ReadItems(ref reader, body, ref items, maxReports, devices);
        }

        return !found ? "The body must be an array of reports or a map whose member 'reports' is one."
            : items.Count > maxReports || reader.End ? null
            : $"Something follows the batch at byte {reader.Consumed + 1}.";
    }

    /// <summary>Plain items come first as they are, then their devices, as many at a time as wait for memory side by side.</summary>
    private static void ReadItems(
        ref MessagePackReader reader, ReadOnlySpan<byte> body, ref BatchItems items, int maxReports, DeviceDirectory? devices)
    {
        var names = new BatchNames(devices);
        for (var left = reader.ReadArrayHeader(); left > 0 && items.Count <= maxReports;)
        {
            var length = 0;
            var rest = body[(int)reader.Consumed..];
            for (; left > 0 && items.Count <= maxReports && BatchPlainItem.TryRead(rest, ref length, out var item, out var name); left--)
            {
                items.Add(item);
                if (name.Length > 0)
                {
                    names.Add(items.Count - 1, name);
                }

                if (names.IsFull)
                {
                    names.Find(rest, ref items);
                }
            }

            names.Find(rest, ref items);

            if (length > 0)
            {
                reader.ReadRaw(length);
            }
            else
            {
                items.Add(ReadItem(ref reader, devices));
                left--;
            }
        }
    }

    private static BatchItem ReadItem(ref MessagePackReader reader, DeviceDirectory? devices)
    {
        if (reader.NextMessagePackType != MessagePackType.Map)
        {
            reader.Skip();
            return BatchItem.Malformed("the item is not a map");
        }

        var fields = new BatchFields(devices);
        for (var members = reader.ReadMapHeader(); members > 0; members--)
        {
            fields.Set(Name(ref reader), Value(ref reader));
        }

        return fields.ToItem();
    }

    /// <summary>A member's name; empty for a key that is no string, which no field has.</summary>
    private static ReadOnlySpan<byte> Name(ref MessagePackReader reader)
    {
        if (reader.NextMessagePackType == MessagePackType.String && reader.TryReadStringSpan(out var name))
        {
            return name;
        }

        reader.Skip();
        return default;
    }

    private static BatchValue Value(ref MessagePackReader reader)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Nil:
                reader.Skip();
                return BatchValue.Nothing;
            case MessagePackType.Integer or MessagePackType.Float:
                return BatchValue.Of(reader.ReadDouble());
            case MessagePackType.Boolean:
                return BatchValue.Of(reader.ReadBoolean());
            case MessagePackType.String when reader.TryReadStringSpan(out var text):
                return BatchValue.Of(text);
            default:
                reader.Skip();
                return default;
        }
    }
}
