using System.Buffers;
using System.Text.Json;
using CommandCenter.Tracks;
using MessagePack;

namespace CommandCenter.Positions.Batch;

/// <summary>
/// What a batch is answered: every item's verdict in the order sent, a <see cref="Contracts.Positions.PositionBatchResult"/> written
/// straight into the answer, for one object an item would be most of what a batch costs. What is null is left out.
/// </summary>
internal static class BatchAnswer
{
    private static readonly (FixFlags Flag, string Name)[] Names =
    [
        (FixFlags.Mock, "mock"),
        (FixFlags.Inaccurate, "inaccurate"),
        (FixFlags.ImplausibleSpeed, "implausible-speed"),
        (FixFlags.Late, "late"),
    ];

    public static async Task WriteAsync(HttpResponse response, ReadOnlyMemory<Verdict> verdicts, bool messagePack, CancellationToken cancellationToken)
    {
        response.ContentType = messagePack ? BatchContent.MessagePack : "application/json; charset=utf-8";
        if (messagePack)
        {
            WriteMessagePack(response.BodyWriter, verdicts.Span);
        }
        else
        {
            WriteJson(response.BodyWriter, verdicts.Span);
        }

        await response.BodyWriter.FlushAsync(cancellationToken);
    }

    internal static void WriteJson(IBufferWriter<byte> to, ReadOnlySpan<Verdict> verdicts)
    {
        using var json = new Utf8JsonWriter(to);
        var refused = Refused(verdicts);
        json.WriteStartObject();
        json.WriteNumber("accepted"u8, verdicts.Length - refused);
        json.WriteNumber("refused"u8, refused);
        json.WriteStartArray("items"u8);
        for (var i = 0; i < verdicts.Length; i++)
        {
            WriteItem(json, i, verdicts[i]);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal static void WriteMessagePack(IBufferWriter<byte> to, ReadOnlySpan<Verdict> verdicts)
    {
        var writer = new MessagePackWriter(to);
        var refused = Refused(verdicts);
        writer.WriteMapHeader(3);
        writer.WriteString("accepted"u8);
        writer.Write(verdicts.Length - refused);
        writer.WriteString("refused"u8);
        writer.Write(refused);
        writer.WriteString("items"u8);
        writer.WriteArrayHeader(verdicts.Length);
        for (var i = 0; i < verdicts.Length; i++)
        {
            WriteItem(ref writer, i, verdicts[i]);
        }

        writer.Flush();
    }

    private static void WriteItem(Utf8JsonWriter json, int index, in Verdict verdict)
    {
        json.WriteStartObject();
        json.WriteNumber("index"u8, index);
        json.WriteString("status"u8, Status(verdict));
        if (verdict.Refusal != Refusal.None)
        {
            json.WriteString("reason"u8, verdict.Refusal.Name());
        }
        else if (FlagCount(verdict) > 0)
        {
            json.WriteStartArray("flags"u8);
            foreach (var (flag, name) in Names)
            {
                if ((verdict.Flags & flag) != 0)
                {
                    json.WriteStringValue(name);
                }
            }

            if (verdict.OutOfOrder)
            {
                json.WriteStringValue("out-of-order"u8);
            }

            json.WriteEndArray();
        }

        if (verdict.Detail is { } detail)
        {
            json.WriteString("detail"u8, detail);
        }

        json.WriteEndObject();
    }

    private static void WriteItem(ref MessagePackWriter writer, int index, in Verdict verdict)
    {
        var isRefused = verdict.Refusal != Refusal.None;
        var flags = isRefused ? 0 : FlagCount(verdict);
        writer.WriteMapHeader(2 + (isRefused || flags > 0 ? 1 : 0) + (verdict.Detail is null ? 0 : 1));
        writer.WriteString("index"u8);
        writer.Write(index);
        writer.WriteString("status"u8);
        writer.WriteString(Status(verdict));
        if (isRefused)
        {
            writer.WriteString("reason"u8);
            writer.Write(verdict.Refusal.Name());
        }
        else if (flags > 0)
        {
            writer.WriteString("flags"u8);
            writer.WriteArrayHeader(flags);
            foreach (var (flag, name) in Names)
            {
                if ((verdict.Flags & flag) != 0)
                {
                    writer.Write(name);
                }
            }

            if (verdict.OutOfOrder)
            {
                writer.WriteString("out-of-order"u8);
            }
        }

        if (verdict.Detail is { } detail)
        {
            writer.WriteString("detail"u8);
            writer.Write(detail);
        }
    }

    private static ReadOnlySpan<byte> Status(in Verdict verdict) =>
        verdict.Refusal != Refusal.None ? "refused"u8 : verdict.Heartbeat ? "heartbeat"u8 : "accepted"u8;

    private static int FlagCount(in Verdict verdict)
    {
        var count = verdict.OutOfOrder ? 1 : 0;
        foreach (var (flag, _) in Names)
        {
            count += (verdict.Flags & flag) != 0 ? 1 : 0;
        }

        return count;
    }

    private static int Refused(ReadOnlySpan<Verdict> verdicts)
    {
        var refused = 0;
        foreach (ref readonly var verdict in verdicts)
        {
            refused += verdict.Refusal == Refusal.None ? 0 : 1;
        }

        return refused;
    }
}
