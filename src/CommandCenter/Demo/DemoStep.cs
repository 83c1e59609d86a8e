using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Coverage.Ground;
using CommandCenter.Storage;
using CommandCenter.Streets;
using CommandCenter.Workers;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Demo;

/// <summary>
/// In demo mode: seeds the district once and sees to it at each start that the files with its secrets are there and true. Otherwise: refuses
/// a database that holds a demo, whose sign-ins are nobody's secret.
/// </summary>
internal sealed partial class DemoStep(
    NpgsqlDataSource dataSource,
    DemoStore store,
    AreaLoading areas,
    AccountLoading accounts,
    WorkerLoading workers,
    DeviceLoading devices,
    StreetLoading streets,
    GroundLoading ground,
    IServer server,
    IHostApplicationLifetime lifetime,
    IConfiguration configuration,
    IOptions<StorageOptions> storage,
    ILogger<DemoStep> logger) : IStartupStep
{
    public int Order => 200;

    public string Name => "demo";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var demo = configuration.GetValue("Demo:Enabled", false);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (fingerprint, seeded) = await DemoStore.FingerprintsAsync(connection, transaction, cancellationToken);
        if (!demo)
        {
            if (fingerprint is not null)
            {
                throw new StartupRefusedException(ExitCode.OtherMode, "The database holds demo data: start with --demo, or use another database.");
            }

            return;
        }

        // What the database holds decides; generating takes a while, so only when something needs it.
        var plan = fingerprint is null ? DemoPlan.Yingze(Size()) : seeded is null ? null : DemoPlan.Find(seeded);
        var district = new Lazy<DemoDistrict>(() => DemoDistrict.Generate(plan!));
        var folder = storage.Value.DataFolder;
        if (fingerprint is null)
        {
            if (await DemoStore.HoldsDataAsync(connection, transaction, cancellationToken))
            {
                throw new StartupRefusedException(ExitCode.OtherMode, "The database holds data that is no demo: start with --no-demo, or use another database.");
            }

            await store.SeedAsync(connection, transaction, district.Value, cancellationToken);
            LogSeeded(district.Value.Areas.Count, district.Value.Workers.Count);
        }

        if (plan is not null && !await DemoStore.HoldsStreetsAsync(connection, transaction, cancellationToken))
        {
            await DemoStore.LayStreetsAsync(connection, transaction, district.Value, cancellationToken);
        }

        if (plan is not null && !await DemoStore.HoldsMasksAsync(connection, transaction, cancellationToken))
        {
            await store.LayGroundAsync(connection, transaction, district.Value, cancellationToken);
        }

        var url = await UrlAsync(cancellationToken);
        var secrets = DemoSecrets.Read(folder);
        if (secrets is not null && secrets.Fingerprint() == fingerprint)
        {
            secrets.WriteAccounts(folder, url);
        }
        else if (plan is null)
        {
            throw new StartupRefusedException(
                ExitCode.OtherMode, "The database holds the demo of another version, and its files demo.json and simulator.json are lost: use another database and data folder.");
        }
        else
        {
            secrets = DemoSecrets.New(district.Value);
            await store.IssueAsync(connection, transaction, plan, secrets, cancellationToken);
            LogIssued(folder);

            // Before the commit: a stop in between leaves files that do not fit, and the next start issues new secrets.
            secrets.Write(folder, url, district.Value);
        }

        await transaction.CommitAsync(cancellationToken);
        await areas.RefreshAsync(cancellationToken);
        await accounts.RefreshAsync(cancellationToken);
        await workers.RefreshAsync(cancellationToken);
        await devices.RefreshAsync(cancellationToken);
        await streets.RefreshAsync(cancellationToken);
        await ground.RefreshAsync(cancellationToken);
        var basemap = DemoBasemap.PathIn(folder);
        if (plan is not null && DemoBasemap.FingerprintOf(basemap) != plan.Fingerprint)
        {
            try
            {
                DemoBasemap.Write(basemap, district.Value);
                LogBasemap(basemap);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The wall works without it; the next start tries again.
                LogNoBasemap(basemap, e.Message);
            }
        }
    }

    private DemoSize Size()
    {
        var size = configuration["Demo:Size"];
        return string.IsNullOrEmpty(size) ? DemoSize.District
            : Enum.TryParse<DemoSize>(size, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known
            : throw new StartupRefusedException(ExitCode.Usage, $"Demo:Size must be district or small, not '{size}'.");
    }

    // The port may be chosen by the system, so it is known only once the server listens, which does not wait for the startup steps.
    private async Task<string> UrlAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
        var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? configuration["Urls"]?.Split(';')[0];
        return (listening ?? "http://localhost:8080").TrimEnd('/');
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Demo district seeded: {Areas} areas, {Workers} workers")]
    private partial void LogSeeded(int areas, int workers);

    [LoggerMessage(Level = LogLevel.Information, Message = "Demo sign-ins and devices issued: demo.json and simulator.json in {Folder}")]
    private partial void LogIssued(string folder);

    [LoggerMessage(Level = LogLevel.Information, Message = "Basemap of the demo district drawn: {Path}")]
    private partial void LogBasemap(string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The demo has no basemap, {Path} cannot be written: {Error}")]
    private partial void LogNoBasemap(string path, string error);
}
