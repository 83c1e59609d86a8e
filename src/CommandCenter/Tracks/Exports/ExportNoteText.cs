using System.Globalization;

namespace CommandCenter.Tracks.Exports;

/// <summary>What an export says of itself, as a person reads it and as JSON. Nothing where nothing was left out.</summary>
internal static class ExportNoteText
{
    /// <summary>At the head of a cleaned file.</summary>
    public const string Cleaned = "Cleaned: " + LeftOutFixes.Rules + " are left out. The accepted fixes are in an export without clean=true.";

    /// <summary>The same among the members of a JSON file: the rules.</summary>
    public static ReadOnlySpan<byte> CleanedJson => ",\"cleaned\":\"no-place, duplicates, jumps, drift\""u8;

    public static IEnumerable<string> Lines(ExportNotes notes)
    {
        if (notes.LeftOut is { } left)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Cleaned, {left.All} fixes are left out: {left.NoPlace} no-place, {left.Duplicates} duplicates, {left.Jumps} jumps, {left.Drift} drift.");
        }

        if (notes.Damaged > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Damaged in the store and left out: {notes.Damaged} parts, of which {notes.Named.Count} are named.");
        }

        foreach (var part in notes.Named)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Damaged: {part.Worker.Code} {Moment(part.FirstMs)}/{Moment(part.LastMs)}, {part.Fixes} fixes.");
        }
    }

    /// <summary>A member after the features, which readers of GeoJSON pass over (RFC 7946, 6.1).</summary>
    public static void Json(ExportText to, ExportNotes notes)
    {
        if (notes.LeftOut is null && notes.Damaged == 0)
        {
            return;
        }

        to.Raw(",\"leftOut\":{"u8);
        if (notes.LeftOut is { } left)
        {
            to.Raw("\"cleaned\":{\"noPlace\":"u8).Number(left.NoPlace).Raw(",\"duplicates\":"u8).Number(left.Duplicates)
                .Raw(",\"jumps\":"u8).Number(left.Jumps).Raw(",\"drift\":"u8).Number(left.Drift).Raw("},"u8);
        }

        to.Raw("\"damagedParts\":"u8).Number(notes.Damaged).Raw(",\"damaged\":["u8);
        for (var i = 0; i < notes.Named.Count; i++)
        {
            var part = notes.Named[i];
            to.Raw(i == 0 ? "{\"worker\":"u8 : ",{\"worker\":"u8).Json(part.Worker.Code).Raw(",\"first\":\""u8).Moment(part.FirstMs)
                .Raw("\",\"last\":\""u8).Moment(part.LastMs).Raw("\",\"fixes\":"u8).Number(part.Fixes).Raw("}"u8);
        }

        to.Raw("]}"u8);
    }

    private static string Moment(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
