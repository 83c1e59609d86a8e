using CommandCenter.Http;

namespace CommandCenter.Dispatch.Notes;

/// <summary>What counts as a note.</summary>
internal static class NoteRules
{
    public const int MaxLength = 500;

    /// <summary>Trimmed; lines may be broken in it. The empty string stands in after a refusal.</summary>
    public static string TextOf(string? said, Arguments arguments)
    {
        var text = said?.ReplaceLineEndings("\n").Trim() ?? "";
        if (text.Length is > 0 and <= MaxLength && !text.Any(c => char.IsControl(c) && c is not ('\n' or '\t')))
        {
            return text;
        }

        arguments.Refuse("text", $"a text of 1 to {MaxLength} characters");
        return "";
    }

    /// <summary>The sender's own id; empty after a refusal.</summary>
    public static Guid IdOf(string? given, Arguments arguments)
    {
        if (Guid.TryParseExact(given, "D", out var id) && id != Guid.Empty)
        {
            return id;
        }

        arguments.Refuse("id", "a UUID such as 0198c0de-5f00-7abc-8def-001122334455");
        return Guid.Empty;
    }
}
