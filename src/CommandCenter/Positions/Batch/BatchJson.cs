using System.Text;
using System.Text.Json;
using CommandCenter.Positions.Protocols;

namespace CommandCenter.Positions.Batch;

/// <summary>
/// Reads <c>{"reports":[…]}</c> or a bare array. Each item is read on its own: what is wrong with one costs only that one. Names and types
/// are those of <see cref="Contracts.Positions.PositionBatchItem"/>; members it does not know are passed over.
/// </summary>
public static class BatchJson
{
    public static BatchBody Read(ReadOnlyMemory<byte> body, int maxReports)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && !JsonFields.TryGet(root, "reports"u8, out root))
            {
                return BatchBody.Unreadable("The body has no member 'reports'.");
            }

            if (root.ValueKind != JsonValueKind.Array)
            {
                return BatchBody.Unreadable("The body must be an array of reports or an object whose member 'reports' is one.");
            }

            return root.GetArrayLength() > maxReports
                ? new BatchBody([], TooMany: true)
                : new BatchBody([.. root.EnumerateArray().Select(ReadItem)]);
        }
        catch (JsonException error)
        {
            return BatchBody.Unreadable($"The JSON is not valid in line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}.");
        }
    }

    private static BatchItem ReadItem(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return BatchItem.Malformed("the item is not an object");
        }

        var fields = default(BatchFields);
        foreach (var member in item.EnumerateObject())
        {
            try
            {
                fields.Set(Encoding.UTF8.GetBytes(member.Name), Value(member.Value));
            }
            catch (InvalidOperationException)
            {
                fields.Spoil("a name or text holds half a surrogate pair");
            }
        }

        return fields.ToItem();
    }

    private static BatchValue Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => BatchValue.Nothing,
        JsonValueKind.Number when value.TryGetDouble(out var number) => BatchValue.Of(number),
        JsonValueKind.True => BatchValue.Of(true),
        JsonValueKind.False => BatchValue.Of(false),
        JsonValueKind.String => BatchValue.Of(value.GetString()!),
        _ => BatchValue.Other,
    };
}
