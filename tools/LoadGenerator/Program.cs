using CommandCenter.LoadGenerator;
using Spectre.Console;

// A file or a pipe gets no colours, and rows long enough not to be broken.
var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect });
if (Console.IsOutputRedirected)
{
    console.Profile.Width = 220;
}

// Ctrl-C and SIGTERM end the run, which then stops its own server and takes its gateway back: that takes longer than the usual two seconds.
var patient = new System.CommandLine.InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(90) };
return await new LoadCommand(console).Build().Parse(args).InvokeAsync(patient);
