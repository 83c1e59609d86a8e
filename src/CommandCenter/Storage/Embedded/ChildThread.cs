using System.Collections.Concurrent;
using System.Diagnostics;

namespace CommandCenter.Storage.Embedded;

/// <summary>
/// Starts child processes from one thread that lives as long as the process: the kernel's parent-death signal follows the thread that
/// forked, not the process, so a child started from a pool thread would be told to stop when that thread retires.
/// </summary>
internal static class ChildThread
{
    private static readonly BlockingCollection<Action> Work = [];

    static ChildThread() => new Thread(Run) { IsBackground = true, Name = "children" }.Start();

    public static Task<Process> StartAsync(ProcessStartInfo command)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(command) ?? throw new InvalidOperationException($"{command.FileName} did not start."));
            }
            catch (Exception e)
            {
                started.SetException(e);
            }
        });
        return started.Task;
    }

    private static void Run()
    {
        foreach (var work in Work.GetConsumingEnumerable())
        {
            work();
        }
    }
}
