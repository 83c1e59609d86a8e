using CommandCenter.LoadGenerator;
using Spectre.Console;

// A file or a pipe gets no colours, and rows long enough not to be broken.
var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect });
if (Console.IsOutputRedirected)
{
    console.Profile.Width = 220;
}

return await new LoadCommand(console).Build().Parse(args).InvokeAsync(new System.CommandLine.InvocationConfiguration());
