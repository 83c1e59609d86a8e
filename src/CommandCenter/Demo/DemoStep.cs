using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Storage;
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
        var fingerprint = await DemoStore.FingerprintAsync(connection, transaction, cancellationToken);
        if (!demo)
        {
            if (fingerprint is not null)
            {
                throw new StartupRefusedException(ExitCode.OtherMode, "The database holds demo data: start with --demo, or use another database.");
            }

            return;
        }

        var district = DemoDistrict.Generate(DemoPlan.Yingze());
        var folder = storage.Value.DataFolder;
        if (fingerprint is null)
        {
            if (await DemoStore.HoldsDataAsync(connection, transaction, cancellationToken))
            {
                throw new StartupRefusedException(ExitCode.OtherMode, "The database holds data that is no demo: start with --no-demo, or use another database.");
            }

            await store.SeedAsync(connection, transaction, district, cancellationToken);
            LogSeeded(district.Areas.Count, district.Workers.Count);
        }

        var url = await UrlAsync(cancellationToken);
        var secrets = DemoSecrets.Read(folder);
        if (secrets is null || secrets.Fingerprint() != fingerprint)
        {
            secrets = DemoSecrets.New(district);
            await store.IssueAsync(connection, transaction, secrets, cancellationToken);
            LogIssued(folder);
        }

        // Before the commit: a stop in between leaves files that do not fit, and the next start issues new secrets.
        secrets.Write(folder, url, district);
        await transaction.CommitAsync(cancellationToken);
        await areas.RefreshAsync(cancellationToken);
        await accounts.RefreshAsync(cancellationToken);
        await workers.RefreshAsync(cancellationToken);
        await devices.RefreshAsync(cancellationToken);
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
}
