using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.Contracts.Devices;
using CommandCenter.Phones;
using Dapper;
using Npgsql;

namespace CommandCenter.Chaos.Center;

/// <summary>One worker whose phone reports; <see cref="Id"/> is the server's number for them.</summary>
public sealed record ReportingWorker(int Id, string Code, double Longitude, double Latitude, DeviceCredentials Device);

/// <summary>Who reports to a demo center and who looks on: read from the files the demo wrote, and enrolled where the demo has too few.</summary>
public sealed class CenterPeople
{
    public const string District = "140106";

    // The reserve is called up past the server, as an operator's script would: a phone and an open period of duty each. Their secrets follow from
    // one of the folder's own, so that the next run in the same folder knows them too.
    private const string CallUpSql = """
        with bumped as (
            insert into directory_versions as d (name, version) values ('workers', 1), ('devices', 1)
            on conflict (name) do update set version = d.version + 1 returning name, version),
        called as (
            select w.id, w.code, row_number() over (order by w.id) as n from workers w
            where w.left_at is null and not exists (select 1 from devices d where d.worker_id = w.id) order by w.id limit @count),
        phones as (
            insert into devices (worker_id, label, user_name, secret_hash, osmand_hash, enrolled_at, enrolled_by, changed_version)
            select c.id, 'chaos', 'chaos-' || lower(c.code), sha256(convert_to('s' || c.code || @salt, 'UTF8')), sha256(convert_to('o' || c.code || @salt, 'UTF8')),
                now(), 0, (select version from bumped where name = 'devices') from called c returning worker_id),
        duty as (
            insert into duty_periods (worker_id, started_at) select c.id, now() - interval '1 hour' from called c
            on conflict do nothing returning worker_id)
        update workers w set changed_version = (select version from bumped where name = 'workers') from called c where w.id = c.id
        """;

    private const string PhonesSql = """
        select w.id, w.code, d.user_name from devices d join workers w on w.id = d.worker_id where d.revoked_at is null order by w.id
        """;

    private CenterPeople(IReadOnlyList<ReportingWorker> workers, EnrolledGateway gateway, string watcherToken)
    {
        Workers = workers;
        Gateway = gateway;
        WatcherToken = watcherToken;
    }

    public IReadOnlyList<ReportingWorker> Workers { get; }

    /// <summary>Of the whole district.</summary>
    public EnrolledGateway Gateway { get; }

    /// <summary>A dispatcher's bearer token, for walls.</summary>
    public string WatcherToken { get; }

    /// <param name="center">Ready.</param>
    /// <param name="count">So many workers shall report; fewer where the demo has fewer.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<CenterPeople> OfAsync(CenterProcess center, int count, CancellationToken cancellationToken)
    {
        using var demo = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(center.Place.DataFolder, "demo.json"), cancellationToken));
        using var http = PhoneLine.Open(center.Url);
        var watcher = await SignInAsync(http, demo.RootElement, "dispatcher", cancellationToken);
        var administrator = await SignInAsync(http, demo.RootElement, "administrator", cancellationToken);
        var gateway = await EnrolGatewayAsync(http, administrator, cancellationToken);
        var workers = await CallUpAsync(center.Place.DataFolder, center.PostgresConnection, count, cancellationToken);
        return new CenterPeople(workers, gateway, watcher);
    }

    public static async Task<string> SignInAsync(HttpClient http, JsonElement demo, string role, CancellationToken cancellationToken)
    {
        var account = demo.GetProperty("accounts").EnumerateArray()
            .First(a => a.GetProperty("role").GetString() == role && a.GetProperty("area").GetString() == District);
        var body = new { user = account.GetProperty("user").GetString(), password = account.GetProperty("password").GetString() };
        using var answer = await http.PostAsJsonAsync("api/session", body, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("token").GetString()!;
    }

    private static async Task<EnrolledGateway> EnrolGatewayAsync(HttpClient http, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/gateways") { Content = JsonContent.Create(new NewGateway("chaos", District)) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<EnrolledGateway>(cancellationToken))!;
    }

    /// <summary>The demo's own workers on duty, and as many of the reserve as are wanting.</summary>
    public static async Task<IReadOnlyList<ReportingWorker>> CallUpAsync(string dataFolder, string postgres, int count, CancellationToken cancellationToken)
    {
        using var demo = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(dataFolder, "demo.json"), cancellationToken));
        using var plan = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(dataFolder, "simulator.json"), cancellationToken));
        var salt = demo.RootElement.GetProperty("devices")[0].GetProperty("password").GetString()!;
        var planned = plan.RootElement.GetProperty("workers").EnumerateArray().ToDictionary(w => w.GetProperty("user").GetString()!);
        await using var connection = new NpgsqlConnection(postgres);
        await connection.OpenAsync(cancellationToken);
        if (count > planned.Count)
        {
            await connection.ExecuteAsync(new CommandDefinition(CallUpSql, new { count = count - planned.Count, salt }, cancellationToken: cancellationToken));

            // Nodes look for news twice a second.
            await Task.Delay(TimeSpan.FromSeconds(2), cancellationToken);
        }

        var rows = await connection.QueryAsync<(int Id, string Code, string User)>(new CommandDefinition(PhonesSql, cancellationToken: cancellationToken));
        var workers = new List<ReportingWorker>();
        foreach (var (id, code, user) in rows)
        {
            if (planned.TryGetValue(user, out var known))
            {
                var home = known.GetProperty("home");
                workers.Add(new ReportingWorker(id, code, home[0].GetDouble(), home[1].GetDouble(), new DeviceCredentials
                {
                    OsmandId = known.GetProperty("osmandId").GetString(),
                    User = user,
                    Password = known.GetProperty("password").GetString(),
                }));
            }
            else if (user.StartsWith("chaos-", StringComparison.Ordinal))
            {
                // No home is on file for them: a place each on a raster in the middle of the district.
                workers.Add(new ReportingWorker(id, code, 112.55 + (id % 100 * 0.0004), 37.85 + (id / 100 % 100 * 0.0003), new DeviceCredentials
                {
                    OsmandId = "o" + code + salt,
                    User = user,
                    Password = "s" + code + salt,
                }));
            }
        }

        return [.. workers.Take(count)];
    }
}
