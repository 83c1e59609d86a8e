using System.CommandLine;
using CommandCenter.AreaFiles;
using Spectre.Console;

return await new AreasCommand(AnsiConsole.Console).Build().Parse(args).InvokeAsync(new InvocationConfiguration());
