using CommandCenter.Contracts;

namespace CommandCenter.Http;

/// <summary>Lists are read with one item more than fits, which tells that there is another page.</summary>
public static class Pages
{
    /// <summary>The first <paramref name="size"/> of <paramref name="found"/>, and the cursor of the last one shown if there are more.</summary>
    public static Page<TInfo> Of<TRow, TInfo>(IReadOnlyList<TRow> found, int size, Func<TRow, string> cursor, Func<TRow, TInfo> info) =>
        new([.. found.Take(size).Select(info)], found.Count > size ? cursor(found[size - 1]) : null);

    /// <summary>As above, by a number.</summary>
    public static Page<TInfo> Of<TRow, TInfo>(IReadOnlyList<TRow> found, int size, Func<TRow, long> key, Func<TRow, TInfo> info) =>
        Of(found, size, row => Arguments.CursorOf(key(row)), info);
}
