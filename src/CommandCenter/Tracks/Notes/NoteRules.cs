using System.Globalization;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Http;

namespace CommandCenter.Tracks.Notes;

/// <summary>A note as it will be stored: its text trimmed, its moment in whole milliseconds.</summary>
public sealed record CheckedNote(Guid Id, long AtMs, string Text);

/// <summary>What may be written, and for which span notes may be asked. Pure.</summary>
public static class NoteRules
{
    public const int MaxTextLength = 500;

    /// <summary>Of one worker and UTC day: nobody reads more, and nobody's retries fill the table.</summary>
    public const int MostADay = 500;

    public const int MostWorkers = 200;

    /// <summary>As far back as tracks may be asked for; earlier moments are mistakes.</summary>
    private static readonly TimeSpan LongestBack = TimeSpan.FromDays(800);

    /// <summary>A page's clock may be ahead.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>Null: <paramref name="arguments"/> say what is wrong.</summary>
    public static CheckedNote? Check(NewTrackNote body, DateTimeOffset now, Arguments arguments)
    {
        if (!Guid.TryParseExact(body.Id, "D", out var id) || id == Guid.Empty)
        {
            arguments.Refuse("id", "a UUID such as 0198c0de-5f00-7abc-8def-001122334455");
        }

        if (body.At < now - LongestBack || body.At > now + Ahead)
        {
            arguments.Refuse("at", $"a moment of the last {LongestBack.TotalDays:0} days, and not in the future");
        }

        var text = TextOf(body.Text);
        if (text is null)
        {
            arguments.Refuse("text", $"a text of 1 to {MaxTextLength} characters");
        }

        return arguments.Problem is null ? new CheckedNote(id, body.At.ToUnixTimeMilliseconds(), text!) : null;
    }

    /// <summary>Trimmed and with line feeds alone between lines; null when it is empty, too long (in code points, as PostgreSQL counts) or holds other control characters.</summary>
    public static string? TextOf(string? said)
    {
        var text = said?.ReplaceLineEndings("\n").Trim();
        return !string.IsNullOrEmpty(text)
            && text.Length <= 2 * MaxTextLength
            && text.EnumerateRunes().Count() <= MaxTextLength
            && !text.Any(letter => char.IsControl(letter) && letter != '\n')
                ? text
                : null;
    }

    /// <summary>Codes and interval of a list; what is wrong with them is in <paramref name="arguments"/>.</summary>
    public static (string[] Codes, long FromMs, long ToMs) Asked(string? workers, string? from, string? to, DateTimeOffset now, Arguments arguments)
    {
        var codes = Arguments.CodesOf(workers);
        if (codes.Length is 0 or > MostWorkers)
        {
            arguments.Refuse("workers", $"codes of 1 to {MostWorkers} workers, separated by commas");
        }

        var (start, end) = (arguments.Moment("from", from), arguments.Moment("to", to));
        if (start is null || start < now - LongestBack)
        {
            arguments.Refuse("from", $"a moment of the last {LongestBack.TotalDays:0} days, such as 2026-01-31T08:00:00Z");
        }
        else if (end is null || end <= start)
        {
            arguments.Refuse("to", "a moment after 'from'");
        }

        return (codes, start?.ToUnixTimeMilliseconds() ?? 0, end?.ToUnixTimeMilliseconds() ?? 0);
    }

    /// <summary>Where a page of notes ends: by moment, then by id.</summary>
    public static string CursorOf(long atMs, Guid id) => string.Create(CultureInfo.InvariantCulture, $"{atMs}/{id:D}");

    /// <summary>The first page's place when there is no cursor.</summary>
    public static (long AtMs, Guid Id) PlaceOf(string? cursor, Arguments arguments)
    {
        if (cursor is null)
        {
            return (long.MinValue, Guid.Empty);
        }

        var slash = cursor.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0
            && long.TryParse(cursor.AsSpan(0, slash), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var atMs)
            && Guid.TryParseExact(cursor.AsSpan(slash + 1), "D", out var id))
        {
            return (atMs, id);
        }

        arguments.Refuse("cursor", "the 'next' of an earlier page");
        return default;
    }
}
