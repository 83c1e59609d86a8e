using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;
using CommandCenter.Contracts.Workers;
using CommandCenter.Positions;
using CommandCenter.Positions.Batch;
using CommandCenter.Positions.Refusals;
using CommandCenter.Storage;
using CommandCenter.Tracks;
using CommandCenter.Web;
using CommandCenter.Workers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CommandCenter.Tests.Positions.Protocols;

/// <summary>
/// The phone endpoints on a real Kestrel, with the real device directory in memory and an intake that applies the rules and remembers what
/// it kept. Whoever is not let in anonymously is refused, as in the server.
/// </summary>
internal sealed class PhoneServer : IAsyncDisposable
{
    public const string OsmandId = "osmand-secret-of-device-one";
    public const string User = "d-one";
    public const string Password = "password-of-device-one";
    public const string RevokedOsmandId = "osmand-secret-of-the-revoked";
    public const string GatewayPassword = "password-of-the-gateway";

    private readonly WebApplication _app;

    private PhoneServer(WebApplication app)
    {
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    public RecordingIntake Intake { get; } = new();

    public RecordingAlarms Alarms { get; } = new();

    public ConcurrentQueue<string> Logged { get; } = new();

    public RefusalLog Refusals => _app.Services.GetRequiredService<RefusalLog>();

    public static async Task<PhoneServer> StartAsync(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        builder.Configuration["Logging:LogLevel:Default"] = "Trace";
        foreach (var (key, value) in settings)
        {
            builder.Configuration[$"{PositionOptions.Section}:{key}"] = value;
        }

        PhoneServer? server = null;
        builder.Logging.ClearProviders().AddProvider(new Capture(line => server?.Logged.Enqueue(line)));
        builder.AddWeb();
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(new Readiness());
        builder.Services.AddSingleton<StartupSteps>().AddHostedService(provider => provider.GetRequiredService<StartupSteps>());
        builder.Services.AddAuthentication().AddBearerToken();
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder("BearerToken").RequireAuthenticatedUser().Build());
        AddRoster(builder.Services);
        PositionsSlice.AddOptions(builder);
        PositionsSlice.AddLimits(builder.Services);
        builder.Services.AddSingleton<IPositionIntake>(_ => server!.Intake).AddSingleton<IAlarmReports>(_ => server!.Alarms);
        PositionsSlice.AddProtocols(builder);
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        PositionsSlice.MapProtocols(app);
        app.MapOpenApi().AllowAnonymous();
        await app.StartAsync();
        while (!app.Services.GetRequiredService<StartupSteps>().Finished)
        {
            await Task.Delay(1);
        }

        return server = new PhoneServer(app);
    }

    public async Task<HttpResponseMessage> OsmandAsync(string query) => await Client.GetAsync("/osmand?" + query);

    public Task<HttpResponseMessage> PostAsync(string path, byte[] body, string? contentType = "application/json", string? basic = null)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        return SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = content }, basic);
    }

    public Task<HttpResponseMessage> PostAsync(string path, string body, string? contentType = "application/json", string? basic = null) =>
        PostAsync(path, Encoding.UTF8.GetBytes(body), contentType, basic);

    public Task<HttpResponseMessage> OwnTracksAsync(string body, string basic = $"{User}:{Password}") => PostAsync("/owntracks", body, basic: basic);

    public Task<HttpResponseMessage> BatchAsync(string body, string basic = $"{User}:{Password}") => PostAsync("/api/positions", body, basic: basic);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string? basic)
    {
        if (basic is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(basic)));
        }

        return Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private static void AddRoster(IServiceCollection services)
    {
        var areas = new AreaDirectory();
        areas.Replace(
        [
            new Area(1, "140106", "迎泽区", null, AreaKind.District, null, null, null),
            new Area(2, "140106001", "一", null, AreaKind.Subdistrict, null, 1, null),
            new Area(3, "140106002", "二", null, AreaKind.Subdistrict, null, 1, null),
        ]);
        var workers = new WorkerDirectory();
        workers.Replace([Worker(1, 2), Worker(2, 2), Worker(3, 3)]);
        var devices = new DeviceDirectory(new NothingElse(), TimeProvider.System);
        devices.Apply(
        [
            Row(1, User, 1, OsmandId, Password),
            Row(2, "d-two", 2, "osmand-two", "password-two"),
            Row(3, "d-elsewhere", 3, "osmand-three", "password-three"),
            Row(4, "d-revoked", 2, RevokedOsmandId, "password-four", revoked: true),
        ]);
        devices.Replace([new GatewayRow(new Gateway(1, "g-one", 2, false), Hash(GatewayPassword))]);
        services.AddSingleton(areas).AddSingleton(workers).AddSingleton(devices);

        static Worker Worker(int id, int area) => new(id, $"W{id}", $"网格员{id}", WorkerRole.GridWorker, area, null, []);

        static DeviceRow Row(int id, string user, int worker, string osmand, string password, bool revoked = false) =>
            new(new Device(id, user, worker, revoked), Hash(osmand), Hash(password));

        static SecretHash Hash(string secret) => DeviceSecrets.TryHash(secret, out var hash) ? hash : throw new InvalidOperationException();
    }

    private sealed class NothingElse : IDeviceSource
    {
        public Task<List<DeviceRow>> FindByOsmandIdAsync(SecretHash hash, CancellationToken cancellationToken) => Task.FromResult(new List<DeviceRow>());

        public Task<List<DeviceRow>> FindByUserAsync(string user, CancellationToken cancellationToken) => Task.FromResult(new List<DeviceRow>());

        public Task<List<GatewayRow>> LoadGatewaysAsync(CancellationToken cancellationToken) => Task.FromResult(
            new List<GatewayRow> { new(new Gateway(1, "g-one", 2, false), DeviceSecrets.TryHash(GatewayPassword, out var hash) ? hash : default) });
    }

    private sealed class Capture(Action<string> write) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            write(state.ToString() ?? "");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            write(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}

/// <summary>Applies the rules, keeps what they accept, or fails as told.</summary>
internal sealed class RecordingIntake : IPositionIntake
{
    private readonly PositionOptions _options = new();

    public ConcurrentQueue<Fix> Kept { get; } = new();

    public IntakeOutcome Outcome { get; set; } = IntakeOutcome.Durable;

    public ValueTask<IntakeOutcome> SubmitAsync(Device device, ReadOnlyMemory<PositionReport> reports, Memory<Verdict> verdicts, CancellationToken cancellationToken)
    {
        for (var i = 0; i < reports.Length && Outcome == IntakeOutcome.Durable; i++)
        {
            verdicts.Span[i] = Judge(device, reports.Span[i]);
        }

        return ValueTask.FromResult(Outcome);
    }

    public ValueTask<IntakeOutcome> SubmitAsync(ReadOnlyMemory<BatchItem> items, Memory<Verdict> verdicts, CancellationToken cancellationToken)
    {
        for (var i = 0; i < items.Length && Outcome == IntakeOutcome.Durable; i++)
        {
            if (verdicts.Span[i].Refusal == Refusal.None)
            {
                verdicts.Span[i] = Judge(items.Span[i].Known!, items.Span[i].Report);
            }
        }

        return ValueTask.FromResult(Outcome);
    }

    private Verdict Judge(Device device, in PositionReport report)
    {
        var refusal = PositionRules.Judge(report, device.Id, device.WorkerId, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), _options, out var fix);
        if (refusal == Refusal.None)
        {
            Kept.Enqueue(fix);
        }

        return new Verdict(refusal, fix.Flags, fix.IsHeartbeat, OutOfOrder: false, Detail: null);
    }
}

internal sealed class RecordingAlarms : IAlarmReports
{
    public ConcurrentQueue<(int DeviceId, string? Alarm)> Raised { get; } = new();

    public bool RedisIsAway { get; set; }

    public ValueTask RaiseAsync(Device device, PositionReport report, long receivedAtMs, CancellationToken cancellationToken)
    {
        if (RedisIsAway)
        {
            throw new RedisAwayException("Redis is away.");
        }

        Raised.Enqueue((device.Id, report.Alarm));
        return ValueTask.CompletedTask;
    }
}
