using System.Globalization;

namespace CommandCenter.Storage.Embedded;

/// <summary>
/// Backends of a server that died: the kernel told them to stop, but they may still be writing. Only processes that are proven ours are
/// touched: a PostgreSQL or Redis program whose working folder or arguments name our folders. The caller holds the data folder's lock.
/// </summary>
internal static partial class Predecessors
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly string[] Programs = ["postgres", "initdb", "redis-server", "setpriv", "unshare", "setsid"];

    /// <summary>Returns when none is left: asked at once, killed after <paramref name="patience"/>.</summary>
    public static async Task EndAsync(IReadOnlyCollection<string> folders, TimeSpan patience, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var asked = false;
        var killed = false;
        while (Find(folders) is { Count: > 0 } left)
        {
            if (!asked)
            {
                asked = true;
                LogFound(logger, left.Count);
                SendAll(left.Where(found => !found.IsBackend), found => found.Program is "redis-server" ? Signal.Terminate : Signal.Interrupt);
            }
            else if (!killed && time.GetElapsedTime(started) > patience)
            {
                killed = true;
                LogKilled(logger, left.Count, patience.TotalSeconds);
                SendAll(left, _ => Signal.Kill);
            }
            else if (time.GetElapsedTime(started) > patience * 2)
            {
                throw new StartupRefusedException(
                    ExitCode.DataFolderInUse,
                    $"Processes of an earlier server do not end ({string.Join(", ", left.Select(found => $"{found.Program} {found.ProcessId}"))}): end them and start again.");
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    internal static List<Found> Find(IReadOnlyCollection<string> folders)
    {
        var found = new List<Found>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
                && Look(processId, folder, folders) is { } one)
            {
                found.Add(one);
            }
        }

        return found;
    }

    private static Found? Look(int processId, string proc, IReadOnlyCollection<string> folders)
    {
        try
        {
            var program = File.ReadAllText(Path.Combine(proc, "comm")).Trim();
            if (!Programs.Contains(program))
            {
                return null;
            }

            var arguments = File.ReadAllText(Path.Combine(proc, "cmdline")).Split('\0');
            if (arguments is [""] or [])
            {
                return null; // A zombie: dead, only not yet collected by its parent.
            }

            // A backend of PostgreSQL renames itself to "postgres: checkpointer"; it ends with its postmaster.
            var isBackend = arguments[0].StartsWith("postgres: ", StringComparison.Ordinal);
            var workingFolder = new FileInfo(Path.Combine(proc, "cwd")).LinkTarget;
            var ours = folders.Any(folder => workingFolder == folder || arguments.Any(argument => argument == folder || argument.StartsWith(folder + "/", StringComparison.Ordinal)));
            return ours ? new Found(processId, program, isBackend) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // It ended while we looked, or is another user's and so not ours.
        }
    }

    private static void SendAll(IEnumerable<Found> processes, Func<Found, Signal> signal)
    {
        foreach (var process in processes)
        {
            ChildCommand.Send(process.ProcessId, signal(process));
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} processes of an earlier server are still stopping; waiting for them")]
    private static partial void LogFound(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} processes of an earlier server did not stop within {Seconds} s and are killed")]
    private static partial void LogKilled(ILogger logger, int count, double seconds);

    internal sealed record Found(int ProcessId, string Program, bool IsBackend);
}
