namespace CommandCenter.Positions.Batch;

/// <summary>Which of the two formats a batch comes in, and which its answer goes out in.</summary>
internal static class BatchContent
{
    public const string MessagePack = "application/x-msgpack";

    /// <summary>Null for a content type that is neither.</summary>
    public static bool? IsMessagePack(string? contentType)
    {
        var type = contentType.AsSpan();
        var parameters = type.IndexOf(';');
        type = (parameters < 0 ? type : type[..parameters]).Trim();
        return Is(type, MessagePack) || Is(type, "application/msgpack") || Is(type, "application/vnd.msgpack") ? true
            : Is(type, "application/json") || Is(type, "text/json") || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase) ? false
            : null;
    }

    /// <summary>The format asked for in <c>Accept</c>; the sender's own unless the other one alone is named.</summary>
    public static bool AnswersMessagePack(string? accept, bool sentMessagePack)
    {
        var json = accept?.Contains("json", StringComparison.OrdinalIgnoreCase) ?? false;
        var messagePack = accept?.Contains("msgpack", StringComparison.OrdinalIgnoreCase) ?? false;
        return json == messagePack ? sentMessagePack : messagePack;
    }

    private static bool Is(ReadOnlySpan<char> type, string name) => type.Equals(name, StringComparison.OrdinalIgnoreCase);
}
