using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CommandCenter.Http;

/// <summary>
/// Reads the arguments of a list or a body and remembers the first bad one, so that an endpoint asks for all it needs and then
/// looks once at <see cref="Problem"/>.
/// </summary>
public sealed class Arguments
{
    public const int DefaultLimit = 500;
    public const int MaxLimit = 5_000;
    private const int MaxCursorLength = 200;
    private const int MaxMomentLength = 40;

    public ProblemHttpResult? Problem { get; private set; }

    public void Refuse(string name, string allowed) => Problem ??= Problems.BadArgument(name, allowed);

    /// <summary>Items on a page: from 1 to <paramref name="most"/>, <paramref name="usual"/> when the argument is missing.</summary>
    public int Limit(string? value, int usual = DefaultLimit, int most = MaxLimit)
    {
        if (string.IsNullOrEmpty(value))
        {
            return usual;
        }

        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= most)
        {
            return limit;
        }

        Refuse("limit", $"a whole number from 1 to {most}");
        return usual;
    }

    /// <summary>The key after which the page starts, as <see cref="CursorOf(string)"/> wrote it; null on the first page.</summary>
    public string? Cursor(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[MaxCursorLength];
        if (value.Length <= MaxCursorLength && Base64Url.DecodeFromChars(value, bytes, out _, out var length) == OperationStatus.Done && length > 0)
        {
            return Encoding.UTF8.GetString(bytes[..length]);
        }

        Refuse("cursor", "the 'next' of an earlier page");
        return null;
    }

    /// <summary>As <see cref="Cursor"/>, where the key is a number; null on the first page.</summary>
    public long? NumberCursor(string? value)
    {
        var key = Cursor(value);
        if (key is null)
        {
            return null;
        }

        if (long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Refuse("cursor", "the 'next' of an earlier page");
        return null;
    }

    /// <summary>As <see cref="NumberCursor"/>, where the key is an id of the database; 0, before the first, on the first page.</summary>
    public int IdCursor(string? value)
    {
        var id = NumberCursor(value) ?? 0;
        if (id <= int.MaxValue)
        {
            return (int)id;
        }

        Refuse("cursor", "the 'next' of an earlier page");
        return 0;
    }

    public bool? Flag(string name, string? value)
    {
        switch (value)
        {
            case null or "":
                return null;
            case "true" or "1":
                return true;
            case "false" or "0":
                return false;
            default:
                Refuse(name, "true or false");
                return null;
        }
    }

    /// <summary>A moment in ISO 8601 with its zone, in UTC; null when the argument is missing.</summary>
    public DateTimeOffset? Moment(string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        // Without a zone it would be the server's own, which nobody can see from outside.
        if (value.Length <= MaxMomentLength
            && value.AsSpan(Math.Min(value.Length, "2026-01-01T".Length)).IndexOfAny('Z', '+', '-') >= 0
            && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
        {
            return moment.ToUniversalTime();
        }

        Refuse(name, "a moment such as 2026-01-31T08:00:00Z");
        return null;
    }

    /// <summary>One of a fixed set of words; null when the argument is missing.</summary>
    public T? OneOf<T>(string name, string? value, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (words.TryGetValue(value, out var found))
        {
            return found;
        }

        Refuse(name, "one of " + string.Join(", ", words.Keys));
        return null;
    }

    /// <summary>A text that must be there, trimmed; the empty string stands in after a refusal.</summary>
    public string Required(string name, string? value, int maxLength)
    {
        var text = value?.Trim();
        if (text is { Length: > 0 } && text.Length <= maxLength && !text.Any(char.IsControl))
        {
            return text;
        }

        Refuse(name, $"a text of 1 to {maxLength} characters");
        return "";
    }

    /// <summary>A text that may be missing, trimmed; null when it is missing or blank.</summary>
    public string? Optional(string name, string? value, int maxLength) =>
        string.IsNullOrWhiteSpace(value) ? null : Required(name, value, maxLength);

    /// <summary>Codes with commas between them, trimmed, each once whatever the case of its letters; none where the argument is missing.</summary>
    public static string[] CodesOf(string? value) =>
        [.. (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)];

    public static string CursorOf(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    public static string CursorOf(long key) => CursorOf(key.ToString(CultureInfo.InvariantCulture));
}
