using System.CommandLine;

// Signals, user namespaces and /proc: all of it is Linux.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

namespace CommandCenter.Chaos;

internal static class ChaosProgram
{
    public static Task<int> Main(string[] args) => ChaosCommand.Build().Parse(args).InvokeAsync(new InvocationConfiguration());
}
