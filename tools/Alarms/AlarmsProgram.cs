using System.CommandLine;

namespace CommandCenter.AlarmProof;

internal static class AlarmsProgram
{
    public static Task<int> Main(string[] args) => AlarmsCommand.Build().Parse(args).InvokeAsync(new InvocationConfiguration());
}
