using System.CommandLine;

namespace CommandCenter.Chaos;

internal static class ChaosProgram
{
    public static Task<int> Main(string[] args) => ChaosCommand.Build().Parse(args).InvokeAsync(new InvocationConfiguration());
}
