// The server's table of contents. Here alone the terminal is spoken to; everything else logs.
#pragma warning disable RS0030
using CommandCenter;
using CommandCenter.Access;
using CommandCenter.Alarms;
using CommandCenter.Areas;
using CommandCenter.Assessment;
using CommandCenter.Basemaps;
using CommandCenter.Coverage;
using CommandCenter.Demo;
using CommandCenter.Dispatch;
using CommandCenter.Import;
using CommandCenter.Jobs;
using CommandCenter.Positions;
using CommandCenter.Storage;
using CommandCenter.Streets;
using CommandCenter.Telemetry;
using CommandCenter.Tracks;
using CommandCenter.Wall;
using CommandCenter.Web;
using CommandCenter.Workers;

try
{
    var commandLine = CommandLine.Parse(args);
    if (commandLine.Answer is { } answer)
    {
        Console.WriteLine(answer);
        return (int)ExitCode.Stopped;
    }

    var builder = ServerLife.CreateBuilder(commandLine);
    await using var backends = await builder.StartBackendsAsync(commandLine);
    builder.AddTelemetry();
    builder.AddStorage();
    builder.AddWeb();
    builder.AddJobs();
    builder.AddAreas();
    builder.AddAccess();
    builder.AddWorkers();
    builder.AddBasemaps();
    builder.AddStreets();
    builder.AddTracks();
    builder.AddPositions();
    builder.AddAlarms();
    builder.AddDispatch();
    builder.AddCoverage();
    builder.AddAssessment();
    builder.AddWall();
    builder.AddImport();
    builder.AddDemo();
    builder.Services.AddSingleton<ISetupLinkPrinter, TerminalSetupLink>();

    await using var app = builder.Build();
    app.UseWeb();
    app.UseAccess();
    app.MapStorage();
    app.MapJobs();
    app.MapAreas();
    app.MapAccess();
    app.MapWorkers();
    app.MapBasemaps();
    app.MapStreets();
    app.MapTracks();
    app.MapPositions();
    app.MapAlarms();
    app.MapDispatch();
    app.MapCoverage();
    app.MapAssessment();
    app.MapWall();
    app.MapImport();
    app.MapWeb();
    return (int)await app.RunToTheEndAsync();
}
catch (StartupRefusedException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return (int)refused.Code;
}

/// <summary>The server's entry point, named so that tests can find its assembly.</summary>
public partial class Program;
