using System.Globalization;
using System.Text.Json;

namespace CommandCenter.LoadGenerator.Center;

/// <summary>What a server's data folder tells: its processes and its children's, their addresses and secrets, and the demo's accounts.</summary>
internal sealed class DataFolder(string path)
{
    public Accounts? DemoAccounts()
    {
        if (!File.Exists(In("demo.json")))
        {
            return null;
        }

        using var demo = JsonDocument.Parse(File.ReadAllBytes(In("demo.json")));
        var accounts = demo.RootElement.GetProperty("accounts").EnumerateArray()
            .GroupBy(account => account.GetProperty("role").GetString()!)
            .ToDictionary(
                role => role.Key,
                role => (role.First().GetProperty("user").GetString()!, role.First().GetProperty("password").GetString()!));
        return accounts.TryGetValue("administrator", out var administrator) && accounts.TryGetValue("wall", out var wall)
            ? new Accounts(administrator, wall)
            : null;
    }

    /// <summary>Of the server, PostgreSQL and Redis; 0 where it is not its own.</summary>
    public (int Server, int Postgres, int Redis) Processes() => (Number("server", "pid"), Number("postgres", "pid"), Number("redis", "pid"));

    public string? Postgres() => Number("postgres", "port") is > 0 and var port
        ? $"Host=127.0.0.1;Port={port};Username=commandcenter;Password={Secret("postgres-password")};Database=commandcenter"
        : null;

    public RedisAddress? Redis() => Number("redis", "port") is > 0 and var port ? new RedisAddress("127.0.0.1", port, Secret("redis-password")) : null;

    private int Number(string service, string member)
    {
        if (!File.Exists(In("services.json")))
        {
            return 0;
        }

        using var services = JsonDocument.Parse(File.ReadAllBytes(In("services.json")));
        return services.RootElement.TryGetProperty(service, out var found) && found.ValueKind == JsonValueKind.Object
            && found.TryGetProperty(member, out var value) && value.TryGetInt32(out var number)
            ? number
            : 0;
    }

    private string Secret(string name) => File.ReadAllText(Path.Combine(path, "secrets", name)).Trim();

    private string In(string name) => Path.Combine(path, name);
}

/// <summary>Who prepares, and who watches.</summary>
internal sealed record Accounts((string User, string Password) Administrator, (string User, string Password) Wall);

internal sealed record RedisAddress(string Host, int Port, string? Password)
{
    /// <summary><c>host:port[,password=…]</c>; null when it is none.</summary>
    public static RedisAddress? Parse(string text)
    {
        var parts = text.Split(',');
        var colon = parts[0].LastIndexOf(':');
        if (colon < 1 || !int.TryParse(parts[0].AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return null;
        }

        var password = parts.Skip(1).FirstOrDefault(part => part.StartsWith("password=", StringComparison.Ordinal))?["password=".Length..];
        return new RedisAddress(parts[0][..colon], port, password);
    }
}
