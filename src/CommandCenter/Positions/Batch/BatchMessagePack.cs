using MessagePack;

namespace CommandCenter.Positions.Batch;

/// <summary>
/// Reads a batch as MessagePack: the map <c>{reports: […]}</c> or a bare array, each item a map with the names of
/// <see cref="Contracts.Positions.PositionBatchItem"/>. As with JSON, a wrong value costs only its item, broken framing the whole body.
/// </summary>
public static class BatchMessagePack
{
    public static BatchBody Read(ReadOnlyMemory<byte> body, int maxReports)
    {
        var reader = new MessagePackReader(body);
        try
        {
            return ReadRoot(ref reader, maxReports);
        }
        catch (MessagePackSerializationException error)
        {
            return BatchBody.Unreadable($"The MessagePack is not valid at byte {reader.Consumed + 1}: {error.Message}");
        }
    }

    private static BatchBody ReadRoot(ref MessagePackReader reader, int maxReports)
    {
        BatchBody? batch = null;
        if (!reader.End && reader.NextMessagePackType == MessagePackType.Map)
        {
            for (var members = reader.ReadMapHeader(); members > 0; members--)
            {
                if (Name(ref reader).SequenceEqual("reports"u8) && reader.NextMessagePackType == MessagePackType.Array)
                {
                    batch = ReadItems(ref reader, maxReports);
                    if (batch.TooMany)
                    {
                        return batch;
                    }
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        else if (!reader.End && reader.NextMessagePackType == MessagePackType.Array)
        {
            batch = ReadItems(ref reader, maxReports);
        }

        return batch is null ? BatchBody.Unreadable("The body must be an array of reports or a map whose member 'reports' is one.")
            : batch.TooMany || reader.End ? batch
            : BatchBody.Unreadable($"Something follows the batch at byte {reader.Consumed + 1}.");
    }

    private static BatchBody ReadItems(ref MessagePackReader reader, int maxReports)
    {
        var count = reader.ReadArrayHeader();
        if (count > maxReports)
        {
            return new BatchBody([], TooMany: true);
        }

        var items = new BatchItem[count];
        for (var i = 0; i < count; i++)
        {
            items[i] = ReadItem(ref reader);
        }

        return new BatchBody(items);
    }

    private static BatchItem ReadItem(ref MessagePackReader reader)
    {
        if (reader.NextMessagePackType != MessagePackType.Map)
        {
            reader.Skip();
            return BatchItem.Malformed("the item is not a map");
        }

        var fields = default(BatchFields);
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
            case MessagePackType.String:
                return BatchValue.Of(reader.ReadString()!);
            default:
                reader.Skip();
                return BatchValue.Other;
        }
    }
}
