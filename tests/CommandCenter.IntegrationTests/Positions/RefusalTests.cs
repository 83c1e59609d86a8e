using System.Globalization;
using System.Net;
using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts.Access;
using CommandCenter.Contracts.Areas;
using CommandCenter.Contracts.Workers;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Positions;
using CommandCenter.Positions.Refusals;
using CommandCenter.Workers;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CommandCenter.IntegrationTests.Positions;

/// <summary>From the counters in memory to PostgreSQL and the device's page.</summary>
public sealed class RefusalTests
{
    private const string Roster = """
        insert into areas (id, code, name, kind, parent_id, created_at) overriding system value
            values (1, '140106', '迎泽区', 1, null, now()), (2, '140106001', '一', 2, 1, now()), (3, '140106002', '二', 2, 1, now());
        insert into workers (id, code, name, role, home_area_id, created_at, changed_version) overriding system value values (1, 'W1', 'n', 2, 2, now(), 1);
        insert into devices (id, worker_id, user_name, secret_hash, osmand_hash, enrolled_at, enrolled_by, changed_version) overriding system value
            values (7, 1, 'd7', '\x01', '\x02', now(), 1, 1), (8, 1, 'd8', '\x03', '\x04', now(), 1, 1);
        """;

    private static readonly DateTime Noon = new(2026, 5, 1, 12, 0, 0, DateTimeKind.Utc);

    private Backends _backends = null!;
    private RefusalStore _store = null!;

    [OneTimeSetUp]
    public async Task MakeRoster()
    {
        _backends = await Backends.FreshAsync();
        await using var connection = await _backends.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(Roster);
        _store = new RefusalStore(_backends.DataSource);
    }

    [SetUp]
    public async Task Empty()
    {
        await using var connection = await _backends.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync("truncate device_refusals, device_contacts");
    }

    [OneTimeTearDown]
    public async Task Drop() => await _backends.DisposeAsync();

    [Test]
    public async Task FlushesAddUpAndKeepTheLatestDetail()
    {
        await AddAsync(7, Refusal.TooOld, 3, Noon, "first");
        await AddAsync(7, Refusal.TooOld, 2, Noon.AddMinutes(1), "second");
        await AddAsync(7, Refusal.TooOld, 1, Noon.AddMinutes(-5), "written late by another node");
        await AddAsync(7, Refusal.OffDuty, 4, Noon.AddHours(1), null);
        await AddAsync(8, Refusal.TooOld, 1, Noon, null);
        Assert.That(await _store.ListAsync(7, default), Is.EqualTo(new[]
        {
            new StoredRefusal((short)Refusal.OffDuty, 4, Noon.AddHours(1), null),
            new StoredRefusal((short)Refusal.TooOld, 6, Noon.AddMinutes(1), "second"),
        }));
        Assert.That(await _store.LastContactAsync(7, default), Is.EqualTo(Noon.AddHours(1)));
    }

    [Test]
    public async Task ADeviceThatIsGoneDoesNotSpoilTheOthersCounts()
    {
        var log = new RefusalLog();
        log.Add(7, Refusal.Malformed, 1, Ms(Noon), "x");
        log.Add(999, Refusal.Malformed, 1, Ms(Noon), "x");
        log.Seen(999, Ms(Noon));
        await Flush(log, _store).FlushAsync(default);
        Assert.That(await _store.ListAsync(7, default), Has.Count.EqualTo(1));
        Assert.That(await _store.ListAsync(999, default), Is.Empty);
    }

    [Test]
    public async Task CountsWaitWhilePostgresIsAway()
    {
        var log = new RefusalLog();
        log.Add(7, Refusal.Malformed, 2, Ms(Noon), "x");
        await using var nowhere = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={NoPort()};Username=x;Password=x;Timeout=1");
        await Flush(log, new RefusalStore(nowhere)).FlushAsync(default);
        log.Add(7, Refusal.Malformed, 1, Ms(Noon.AddSeconds(1)), "y");
        await Flush(log, _store).FlushAsync(default);
        Assert.That(await _store.ListAsync(7, default), Is.EqualTo(new[] { new StoredRefusal((short)Refusal.Malformed, 3, Noon.AddSeconds(1), "y") }));
    }

    [TestCase(AccountRole.Dispatcher, 2, 7, HttpStatusCode.OK)]
    [TestCase(AccountRole.Administrator, 1, 7, HttpStatusCode.OK)]
    [TestCase(AccountRole.Dispatcher, 3, 7, HttpStatusCode.Forbidden, Description = "another subdistrict")]
    [TestCase(AccountRole.Wall, 1, 7, HttpStatusCode.Forbidden, Description = "a wall")]
    [TestCase(AccountRole.Administrator, 1, 12345, HttpStatusCode.Forbidden, Description = "no such device")]
    public async Task ADevicesPageShowsWhyItsReportsDoNot(AccountRole role, int area, int device, HttpStatusCode expected)
    {
        await AddAsync(7, Refusal.FromTheFuture, 5, Noon, "the fix is 3600 s ahead of the server; 60 s are allowed");
        await using var app = await StartAsync(role, area);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var answer = await client.GetAsync($"/api/devices/{device}/refusals");
        Assert.That(answer.StatusCode, Is.EqualTo(expected));
        if (expected == HttpStatusCode.OK)
        {
            Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo(
                """{"items":[{"reason":"from-the-future","count":5,"lastAt":"2026-05-01T12:00:00+00:00","detail":"the fix is 3600 s ahead of the server; 60 s are allowed"}],"next":null,"lastReportAt":"2026-05-01T12:00:00+00:00"}"""));
        }
    }

    private async Task<WebApplication> StartAsync(AccountRole role, int area)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        var areas = new AreaDirectory();
        areas.Replace(
        [
            new Area(1, "140106", "迎泽区", null, AreaKind.District, null, null, null),
            new Area(2, "140106001", "一", null, AreaKind.Subdistrict, null, 1, null),
            new Area(3, "140106002", "二", null, AreaKind.Subdistrict, null, 1, null),
        ]);
        var workers = new WorkerDirectory();
        workers.Replace([new Worker(1, "W1", "n", WorkerRole.GridWorker, 2, null, [])]);
        var devices = new DeviceDirectory(new DeviceStore(_backends.DataSource, TimeProvider.System), TimeProvider.System);
        devices.Apply([new DeviceRow(new Device(7, "d7", 1, false), default, default)]);
        builder.Services.AddSingleton(areas).AddSingleton(workers).AddSingleton(devices).AddSingleton(_store);
        builder.Services.AddAuthentication("Test").AddBearerToken("Test");
        var authorization = builder.Services.AddAuthorizationBuilder();
        foreach (var (permission, roles) in Permissions.Table)
        {
            authorization.AddPolicy(permission, policy => policy.RequireAuthenticatedUser().RequireClaim(ViewerClaims.Role, roles.Select(Permissions.Name)));
        }

        var app = builder.Build();
        app.Use((context, next) =>
        {
            context.User = SignedIn(role, area);
            return next(context);
        });
        app.UseAuthorization();
        RefusalEndpoints.Map(app);
        await app.StartAsync();
        return app;
    }

    private static ClaimsPrincipal SignedIn(AccountRole role, int area) => new(new ClaimsIdentity(
        [
            new Claim(ViewerClaims.AccountId, "1"),
            new Claim(ViewerClaims.User, "u"),
            new Claim(ViewerClaims.Role, role.Name()),
            new Claim(ViewerClaims.Area, area.ToString(CultureInfo.InvariantCulture)),
        ],
        "Test"));

    private async Task AddAsync(int device, Refusal reason, int count, DateTime at, string? detail)
    {
        var log = new RefusalLog();
        log.Add(device, reason, count, Ms(at), detail);
        log.Seen(device, Ms(at));
        await Flush(log, _store).FlushAsync(default);
    }

    private static RefusalFlush Flush(RefusalLog log, RefusalStore store) =>
        new(log, store, Microsoft.Extensions.Options.Options.Create(new PositionOptions()), TimeProvider.System, NullLogger<RefusalFlush>.Instance);

    private static long Ms(DateTime time) => new DateTimeOffset(time).ToUnixTimeMilliseconds();

    private static int NoPort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
