using CommandCenter.Tracks;
using CommandCenter.Tracks.Keeping;
using Dapper;
using Npgsql;

namespace CommandCenter.IntegrationTests.Tracks;

/// <summary>Puts tracks where the writer and the folding would.</summary>
internal static class TrackRows
{
    private const string InsertSql = """
        insert into {0} (worker_id, hour_ms, first_ms, last_ms, fixes, west, south, east, north, length_meters, body)
        values (@WorkerId, @HourMs, @FirstMs, @LastMs, @Count, @WestE7, @SouthE7, @EastE7, @NorthE7, @LengthMeters, @Body)
        """;

    public static Task InsertAsync(NpgsqlConnection connection, TrackPiece piece, string table = "track_pieces") =>
        connection.ExecuteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, InsertSql, table), piece);

    /// <summary>Two fixes of a worker, ten seconds apart.</summary>
    public static TrackPiece Piece(int workerId, DateTimeOffset at) => TrackPiece.From(
        [Fix(workerId, at.ToUnixTimeMilliseconds()), Fix(workerId, at.ToUnixTimeMilliseconds() + 10_000)]);

    public static Fix Fix(int workerId, long ms) => new() { DeviceId = workerId, WorkerId = workerId, FixTimeMs = ms };

    /// <summary>As the folding makes it: one UTC day's table.</summary>
    public static async Task<string> PartitionAsync(NpgsqlConnection connection, DateTimeOffset day)
    {
        var name = $"track_segments_{day:yyyyMMdd}";
        Assert.That(PartitionNames.TryDayOf(name, out var from), Is.True);
        await connection.ExecuteAsync($"create table {name} partition of track_segments for values from ({from}) to ({from + 86_400_000})");
        return name;
    }
}
