namespace CommandCenter.Chaos.Faults;

/// <summary>What is done to a center. "Kill" is kill -9, "stop" is SIGSTOP and some seconds later SIGCONT.</summary>
public enum Fault
{
    ServerKill,
    ServerStop,
    RedisKill,
    RedisStop,
    PostgresKill,
    PostgresStop,

    /// <summary>All three at once, as when the power fails (but the page cache lives).</summary>
    AllKill,
}

/// <summary>Names on the command line.</summary>
public static class FaultNames
{
    private static readonly Dictionary<string, Fault> ByName = Enum.GetValues<Fault>().ToDictionary(Of);

    public static string Of(Fault fault) => fault switch
    {
        Fault.ServerKill => "server-kill",
        Fault.ServerStop => "server-stop",
        Fault.RedisKill => "redis-kill",
        Fault.RedisStop => "redis-stop",
        Fault.PostgresKill => "postgres-kill",
        Fault.PostgresStop => "postgres-stop",
        _ => "all-kill",
    };

    /// <summary>Null when one of the comma-separated names is none. "none" alone: no faults, to measure what faults are held against.</summary>
    public static IReadOnlyList<Fault>? Parse(string text)
    {
        if (text == "none")
        {
            return [];
        }

        var faults = new List<Fault>();
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!ByName.TryGetValue(name, out var fault))
            {
                return null;
            }

            faults.Add(fault);
        }

        return faults.Count == 0 ? null : faults;
    }

    public static IEnumerable<string> All => ByName.Keys;
}
