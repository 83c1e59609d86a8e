namespace CommandCenter.Chaos.Center;

/// <summary>Where a center under test lives.</summary>
/// <param name="DataFolder">Of the server: with its own PostgreSQL and Redis, unless the two connections are given.</param>
/// <param name="Port">Of its web server.</param>
/// <param name="Size">The demo's: small or district.</param>
/// <param name="Postgres">A connection string; then nobody here can kill or stop PostgreSQL.</param>
/// <param name="Redis">A connection string; the same.</param>
/// <param name="FlushSeconds">How long a fix waits in the log before it is stored.</param>
public sealed record CenterPlace(string DataFolder, int Port, string Size, string? Postgres, string? Redis, double FlushSeconds)
{
    public bool HasOwnBackends => Postgres is null && Redis is null;
}
