using System.CommandLine;

// File modes: Linux, as the server's own backends are.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

namespace CommandCenter.Backup;

internal static class BackupProgram
{
    public static Task<int> Main(string[] args) => BackupCommand.Build().Parse(args).InvokeAsync(new InvocationConfiguration());
}
