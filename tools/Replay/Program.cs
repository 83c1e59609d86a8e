using System.CommandLine;
using CommandCenter.Replay;

return await new ReplayCommand().Build().Parse(args).InvokeAsync(new InvocationConfiguration());
