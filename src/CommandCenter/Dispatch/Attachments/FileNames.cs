using System.Globalization;

namespace CommandCenter.Dispatch.Attachments;

/// <summary>What a file is called once it is here: nothing of a path, nothing that a screen or a file system takes for more than a name, and the extension of what it is.</summary>
internal static class FileNames
{
    /// <summary>UTF-16 units, with the extension.</summary>
    public const int MaxLength = 120;

    private const string Unnamed = "attachment";
    private const string Forbidden = "<>:\"|?*";

    public static string Of(string? given, string type)
    {
        var last = given?[(given.LastIndexOfAny(['/', '\\']) + 1)..] ?? "";
        var clean = new string([.. last.Where(IsPlain)]).Trim().Trim('.').Trim();
        var dot = clean.LastIndexOf('.');
        var allowed = FileTypes.Extensions[type];
        var hasOwn = dot > 0 && allowed.Contains(clean[(dot + 1)..], StringComparer.OrdinalIgnoreCase);
        var (stem, extension) = hasOwn ? (clean[..dot], clean[(dot + 1)..]) : (clean, allowed[0]);
        return $"{Cut(stem, MaxLength - extension.Length - 1)}.{extension}";
    }

    /// <summary>Marks of direction and other formats could make a name read as another.</summary>
    private static bool IsPlain(char c) =>
        !char.IsControl(c) && !Forbidden.Contains(c) && char.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    /// <summary>Never within a character; a lone half of one is none.</summary>
    private static string Cut(string stem, int most)
    {
        var name = new System.Text.StringBuilder();
        foreach (var rune in stem.EnumerateRunes())
        {
            if (rune == System.Text.Rune.ReplacementChar || name.Length + rune.Utf16SequenceLength > most)
            {
                continue;
            }

            name.Append(rune.ToString());
        }

        return name.Length == 0 ? Unnamed : name.ToString();
    }
}
