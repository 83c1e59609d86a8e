using System.Globalization;

namespace CommandCenter.LoadGenerator.Measuring;

/// <summary>One line of <c>/proc/PID/stat</c>: see proc(5). Times in the kernel's ticks, 100 a second on every Linux that .NET runs on.</summary>
/// <param name="Parent">Its parent's id.</param>
/// <param name="Own">Processor time of the process itself.</param>
/// <param name="Reaped">Of its children that ended and were waited for.</param>
internal readonly record struct ProcStat(int Parent, long Own, long Reaped)
{
    public const double TicksPerSecond = 100;

    /// <summary>Null when the line is none. A process's name stands in brackets and may hold anything, brackets and spaces too.</summary>
    public static ProcStat? Parse(string line)
    {
        var end = line.LastIndexOf(')');
        if (end < 0)
        {
            return null;
        }

        // Counted from field 3, the state.
        var fields = line[(end + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 14
            && int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var parent)
            && TryNumber(fields[11], out var user) && TryNumber(fields[12], out var system)
            && TryNumber(fields[13], out var reapedUser) && TryNumber(fields[14], out var reapedSystem)
            ? new ProcStat(parent, user + system, reapedUser + reapedSystem)
            : null;
    }

    public static ProcStat? Of(int process)
    {
        try
        {
            return Parse(File.ReadAllText($"/proc/{process}/stat"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended a moment ago.
            return null;
        }
    }

    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
