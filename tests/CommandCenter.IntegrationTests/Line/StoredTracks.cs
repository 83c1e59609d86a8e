using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Tracks;
using Npgsql;

namespace CommandCenter.IntegrationTests.Line;

/// <summary>Reads a center's tracks past the server, as an auditor would.</summary>
internal static class StoredTracks
{
    /// <summary>Of the server's own PostgreSQL, whose password lies in the data folder.</summary>
    public static string ConnectionString(ServerProcess server) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = server.Services.Postgres!.Port!.Value,
        Username = "commandcenter",
        Password = File.ReadAllText(Path.Combine(server.DataFolder!, "secrets", "postgres-password")).Trim(),
        Database = "commandcenter",
        Pooling = false,
    }.ConnectionString;

    /// <summary>FixTimes of all stored fixes as the readers see them: segments and pieces merged worker by worker, repeats of an identity once.</summary>
    public static async Task<List<long>> TimesAsync(NpgsqlDataSource postgres)
    {
        var fixes = new List<Fix>();
        try
        {
            await using var command = postgres.CreateCommand("select body from track_parts");
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                TrackCodec.Decode(reader.GetFieldValue<byte[]>(0), fixes);
            }
        }
        catch (NpgsqlException)
        {
            // It was killed a moment ago: ask again.
            return [];
        }

        FixOrder.SortAndDeduplicate(fixes);
        return [.. fixes.Select(fix => fix.FixTimeMs)];
    }
}
