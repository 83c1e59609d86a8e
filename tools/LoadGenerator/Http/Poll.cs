using System.Runtime.InteropServices;

namespace CommandCenter.LoadGenerator.Http;

/// <summary>poll(2): one thread waits for many sockets for a microsecond or so a request, which the framework's own sockets cannot.</summary>
internal static class Poll
{
    public const short Readable = 0x001;
    public const short Writable = 0x004;

    /// <summary>Errors and hang-ups come unasked.</summary>
    public const short Broken = 0x008 | 0x010 | 0x020;

    [StructLayout(LayoutKind.Sequential)]
    public struct Entry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    /// <summary>How many entries have something; 0 when the time is up or a signal came.</summary>
    public static int Wait(Entry[] entries, int count, int milliseconds) => Math.Max(0, poll(entries, (nuint)count, milliseconds));

#pragma warning disable SYSLIB1054, SA1300, IDE1006 // the C library's name; source-generated interop would need unsafe blocks
    [DllImport("libc", EntryPoint = "poll"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int poll([In, Out] Entry[] entries, nuint count, int milliseconds);
#pragma warning restore SYSLIB1054, SA1300, IDE1006
}
