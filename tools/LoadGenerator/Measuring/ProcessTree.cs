using System.Globalization;

namespace CommandCenter.LoadGenerator.Measuring;

/// <summary>Processor seconds so far and memory now.</summary>
internal readonly record struct Reading(double CpuSeconds, long Bytes);

/// <summary>A process, or one with all that it started: PostgreSQL works in a process a connection.</summary>
internal sealed class ProcessTree(int root, bool withChildren)
{
    public Reading Read()
    {
        if (root <= 0)
        {
            return default;
        }

        var (ticks, bytes) = (0L, 0L);
        foreach (var process in withChildren ? Family() : [root])
        {
            if (ProcStat.Of(process) is { } stat)
            {
                ticks += stat.Own + (withChildren ? stat.Reaped : 0);
                bytes += withChildren ? SharedMemoryOf(process) : MemoryOf(process);
            }
        }

        return new Reading(ticks / ProcStat.TicksPerSecond, bytes);
    }

    private List<int> Family()
    {
        var parents = new List<(int Process, int Parent)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                && ProcStat.Of(process) is { } stat)
            {
                parents.Add((process, stat.Parent));
            }
        }

        List<int> family = [root];
        for (var i = 0; i < family.Count; i++)
        {
            family.AddRange(parents.Where(p => p.Parent == family[i]).Select(p => p.Process));
        }

        return family;
    }

    private static long MemoryOf(int process) => Kilobytes($"/proc/{process}/status", "VmRSS:") ?? 0;

    /// <summary>
    /// Pages shared with others by share, since PostgreSQL's processes share their buffers. Not for one large process: the kernel walks all its pages.
    /// </summary>
    private static long SharedMemoryOf(int process) => Kilobytes($"/proc/{process}/smaps_rollup", "Pss:") ?? MemoryOf(process);

    private static long? Kilobytes(string file, string name)
    {
        try
        {
            foreach (var line in File.ReadLines(file))
            {
                if (line.StartsWith(name, StringComparison.Ordinal))
                {
                    return long.Parse(line.AsSpan(name.Length).Trim(" kB\t"), NumberStyles.None, CultureInfo.InvariantCulture) * 1024;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended, or is another user's.
        }

        return null;
    }
}
