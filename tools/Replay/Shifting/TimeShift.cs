using System.Xml;
using CommandCenter.Replay.Reading;

namespace CommandCenter.Replay.Shifting;

/// <summary>Where in time a replay takes place.</summary>
public enum TimeShiftKind
{
    /// <summary>As recorded.</summary>
    None,

    /// <summary>As if it happened while it is played; played at once, as if it had just ended.</summary>
    Now,

    /// <summary>Later or earlier by a duration.</summary>
    By,

    /// <summary>The earliest fix at a given moment.</summary>
    StartAt,
}

/// <param name="Kind">Which of them.</param>
/// <param name="Ms">The duration (By), or ms since 1970 UTC (StartAt).</param>
public readonly record struct TimeShift(TimeShiftKind Kind, long Ms = 0)
{
    /// <summary>Reads <c>now</c>, an ISO duration with a sign such as <c>+P6574DT2H</c>, or an ISO moment; null and a sentence when it is none.</summary>
    public static TimeShift? Parse(string? text, out string fault)
    {
        fault = "";
        if (text is null)
        {
            return new TimeShift(TimeShiftKind.None);
        }

        if (text.Equals("now", StringComparison.OrdinalIgnoreCase))
        {
            return new TimeShift(TimeShiftKind.Now);
        }

        if (text.TrimStart('+', '-').StartsWith('P'))
        {
            try
            {
                return new TimeShift(TimeShiftKind.By, (long)XmlConvert.ToTimeSpan(text.TrimStart('+')).TotalMilliseconds);
            }
            catch (Exception error) when (error is FormatException or OverflowException)
            {
                fault = $"--shift-time: '{text}' is no ISO duration such as +PT2H or +P6574D";
                return null;
            }
        }

        if (TimeText.TryParse(text, out var moment))
        {
            return new TimeShift(TimeShiftKind.StartAt, moment);
        }

        fault = $"--shift-time: expected now, a duration such as +PT2H, or a moment such as 2026-11-22T08:00:00Z and found '{text}'";
        return null;
    }

    /// <summary>What to add to recorded times. <see cref="TimeShiftKind.Now"/> puts the last fix at <paramref name="nowMs"/>.</summary>
    public long OffsetMs(long firstMs, long lastMs, long nowMs) => Kind switch
    {
        TimeShiftKind.Now => nowMs - lastMs,
        TimeShiftKind.By => Ms,
        TimeShiftKind.StartAt => Ms - firstMs,
        _ => 0,
    };
}
