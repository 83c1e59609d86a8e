using System.Text.Json;
using System.Text.Json.Serialization;
using CommandCenter.Contracts.Positions;
using CommandCenter.Tracks;
using MessagePack;

namespace CommandCenter.Positions.Batch;

/// <summary>What a batch is answered: every item's verdict in the order sent.</summary>
internal static class BatchAnswer
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static readonly (FixFlags Flag, string Name)[] Names =
    [
        (FixFlags.Mock, "mock"),
        (FixFlags.Inaccurate, "inaccurate"),
        (FixFlags.ImplausibleSpeed, "implausible-speed"),
        (FixFlags.Late, "late"),
    ];

    public static IResult Of(Verdict[] verdicts, bool messagePack)
    {
        var items = new PositionBatchItemResult[verdicts.Length];
        var refused = 0;
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = Item(i, verdicts[i]);
            refused += verdicts[i].Refusal == Refusal.None ? 0 : 1;
        }

        var result = new PositionBatchResult { Accepted = items.Length - refused, Refused = refused, Items = items };
        return messagePack
            ? TypedResults.Bytes(MessagePackSerializer.Serialize(result), BatchContent.MessagePack)
            : TypedResults.Json(result, Json);
    }

    internal static PositionBatchItemResult Item(int index, in Verdict verdict) => verdict.Refusal != Refusal.None
        ? new() { Index = index, Status = "refused", Reason = verdict.Refusal.Name(), Detail = verdict.Detail }
        : new() { Index = index, Status = verdict.Heartbeat ? "heartbeat" : "accepted", Flags = FlagNames(verdict) };

    private static List<string>? FlagNames(in Verdict verdict)
    {
        List<string>? names = null;
        foreach (var (flag, name) in Names)
        {
            if ((verdict.Flags & flag) != 0)
            {
                (names ??= []).Add(name);
            }
        }

        if (verdict.OutOfOrder)
        {
            (names ??= []).Add("out-of-order");
        }

        return names;
    }
}
