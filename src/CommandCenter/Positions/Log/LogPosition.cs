using System.Globalization;

namespace CommandCenter.Positions.Log;

/// <summary>A place in a partition of the position log: a Redis stream id, milliseconds and a sequence.</summary>
public readonly record struct LogPosition(ulong Milliseconds, ulong Sequence) : IComparable<LogPosition>
{
    public static readonly LogPosition Start = new(0, 0);

    /// <exception cref="FormatException">Not of the form <c>123-4</c>.</exception>
    public static LogPosition Parse(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash > 0
            ? new LogPosition(
                ulong.Parse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture),
                ulong.Parse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture))
            : throw new FormatException($"'{text}' is not a stream position.");
    }

    public int CompareTo(LogPosition other)
    {
        var order = Milliseconds.CompareTo(other.Milliseconds);
        return order != 0 ? order : Sequence.CompareTo(other.Sequence);
    }

    public static bool operator <(LogPosition a, LogPosition b) => a.CompareTo(b) < 0;

    public static bool operator >(LogPosition a, LogPosition b) => a.CompareTo(b) > 0;

    public static bool operator <=(LogPosition a, LogPosition b) => a.CompareTo(b) <= 0;

    public static bool operator >=(LogPosition a, LogPosition b) => a.CompareTo(b) >= 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Milliseconds}-{Sequence}");
}
