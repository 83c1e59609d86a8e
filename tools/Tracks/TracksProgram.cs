using System.CommandLine;

namespace CommandCenter.TrackFiles;

internal static class TracksProgram
{
    public static Task<int> Main(string[] args) => TracksCommand.Build().Parse(args).InvokeAsync(new InvocationConfiguration());
}
