using System.Globalization;
using CommandCenter.Storage.Embedded;

namespace CommandCenter.Chaos.Faults;

/// <summary>Signals to a process and all its descendants: PostgreSQL is a family, and a stopped head alone stops nobody.</summary>
internal static class Processes
{
    private const Signal Stop = (Signal)19;
    private const Signal Continue = (Signal)18;

    public static void Kill(int processId) => ChildCommand.Send(processId, Signal.Kill);

    public static void StopFamily(int processId) => SendAll(processId, Stop);

    public static void ContinueFamily(int processId) => SendAll(processId, Continue);

    public static void StopOne(int processId) => ChildCommand.Send(processId, Stop);

    public static void ContinueOne(int processId) => ChildCommand.Send(processId, Continue);

    private static void SendAll(int processId, Signal signal)
    {
        ChildCommand.Send(processId, signal);
        foreach (var child in ChildrenOf(processId))
        {
            SendAll(child, signal);
        }
    }

    private static List<int> ChildrenOf(int processId)
    {
        var children = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && ParentOf(folder) == processId)
            {
                children.Add(id);
            }
        }

        return children;
    }

    private static int? ParentOf(string proc)
    {
        try
        {
            // "pid (name) state parent …", and a name may hold anything but ends with the last bracket.
            var stat = File.ReadAllText(Path.Combine(proc, "stat"));
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null; // It ended while we looked.
        }
    }
}
