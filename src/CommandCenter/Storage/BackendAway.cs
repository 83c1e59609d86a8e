using Npgsql;

namespace CommandCenter.Storage;

/// <summary>Tells a backend that is away, and will be back, from a statement that is wrong, and is ours to mend.</summary>
public static class BackendAway
{
    public static bool Means(Exception exception) => NameOf(exception) is not null;

    /// <summary><c>redis</c> or <c>postgres</c>; null when the exception says something else.</summary>
    public static string? NameOf(Exception exception) => exception switch
    {
        RedisAwayException => "redis",
        PostgresException { IsTransient: true } => "postgres",
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } => "postgres",
        PostgresException => null,
        NpgsqlException => "postgres",
        _ => null,
    };
}
