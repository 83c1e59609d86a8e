namespace CommandCenter.Storage;

/// <summary>Connection strings of the backends in use. They hold passwords: never log them, not even through this record's text.</summary>
public sealed class BackendAddresses(string postgres, string redis)
{
    public string Postgres { get; } = postgres;

    public string Redis { get; } = redis;
}
