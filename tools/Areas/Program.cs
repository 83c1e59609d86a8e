using System.CommandLine;
using CommandCenter.AreaFiles;
using Spectre.Console;

// A file or a pipe gets no colours, and rows long enough not to be broken.
var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect });
if (Console.IsOutputRedirected)
{
    console.Profile.Width = 200;
}

return await new AreasCommand(console).Build().Parse(args).InvokeAsync(new InvocationConfiguration());
