using System.CommandLine;
using CommandCenter.Simulator;

return await new SimulatorCommand().Build().Parse(args).InvokeAsync(new InvocationConfiguration());
