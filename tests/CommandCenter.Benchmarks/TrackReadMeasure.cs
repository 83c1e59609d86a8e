using System.Diagnostics;
using CommandCenter.Contracts.Wall;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Reading;
using Npgsql;

namespace CommandCenter.Benchmarks;

/// <summary>
/// What tracks cost to keep and to read, beside the same fixes as indexed rows read by SQL, in one run on one PostgreSQL: bytes a fix, a worker's day, a district's hour.
/// <c>dotnet run -c Release -- tracks [FILE…]</c>; about two minutes. Files of recorded tracks (<see cref="RecordedDays"/>) are stored, too.
/// </summary>
internal static class TrackReadMeasure
{
    private const string RowsSql = """
        select fix_time, worker_id, device_id, longitude, latitude, altitude, speed, heading, accuracy, battery, flags from track_rows
        """;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

    public static async Task PrintAsync(IReadOnlyList<string> recordings)
    {
        await using var world = await TrackReadWorld.MakeAsync();
        Print("bytes a fix on disk", world.Walkers);
        foreach (var file in recordings)
        {
            Print($"the same, {Path.GetFileName(file)}", await world.KeepDayAsync(TrackReadWorld.NextDay, RecordedDays.Read(file, TrackReadWorld.NextDay)));
        }

        int[] one = [1];
        int[] all = [.. Enumerable.Range(1, TrackReadWorld.Workers)];
        const long day = TrackReadWorld.Day, hour = TrackReadWorld.Hour, anHour = TrackPiece.HourMilliseconds;
        await CompareAsync("a worker's day, ms median", 41, () => TracksAsync(world, one, day, day + (24 * anHour)), () => RowsAsync(world, true, day, day + (24 * anHour)));
        await CompareAsync("a district's hour, ms to the last byte", 5, () => TracksAsync(world, all, hour, hour + anHour), () => RowsAsync(world, false, hour, hour + anHour));
        await CompareAsync(
            "a district's hour cut at both ends, ms", 5, () => TracksAsync(world, all, hour + (anHour / 10), hour + (anHour * 9 / 10)), () => RowsAsync(world, false, hour + (anHour / 10), hour + (anHour * 9 / 10)));
    }

    private static void Print(string what, TrackReadWorld.OnDisk on) => Console.WriteLine(
        FormattableString.Invariant($"{what,-44} {on.Segments,10:F2}   rows {on.Rows,10:F1}   1/{on.Rows / on.Segments:F1}, {on.Fixes} fixes"));

    private static async Task CompareAsync(string what, int runs, Func<Task<long>> ours, Func<Task<long>> theirs)
    {
        var (fixes, track) = await MedianAsync(ours, runs);
        var (sameFixes, row) = await MedianAsync(theirs, runs);
        Console.WriteLine(FormattableString.Invariant(
            $"{what,-44} {track,10:F2}   rows {row,10:F1}   {row / track:F1} times, {fixes} fixes{(fixes == sameFixes ? "" : $", but {sameFixes} rows")}"));
    }

    /// <summary>The answer as the hub sends it, chunk by chunk.</summary>
    private static async Task<long> TracksAsync(TrackReadWorld world, int[] workerIds, long from, long to)
    {
        using var opening = new TrackOpening(
            new TrackPartStore(world.DataSource), new TrackNewest([]), workerIds, id => new WallName { Slot = id }, from, to, 0, 0, Stream.Null);
        long fixes = 0;
        await foreach (var chunk in opening.ChunksAsync(default))
        {
            fixes = chunk.End?.Fixes ?? 0;
        }

        return fixes;
    }

    /// <summary>Every column of every row, in order, as whoever draws it needs them.</summary>
    private static async Task<long> RowsAsync(TrackReadWorld world, bool ofOne, long from, long to)
    {
        await using var command = world.DataSource.CreateCommand(
            RowsSql + (ofOne ? " where worker_id = 1 and fix_time >= $1 and fix_time < $2 order by fix_time" : " where fix_time >= $1 and fix_time < $2 order by worker_id, fix_time"));
        command.CommandTimeout = 120;
        command.Parameters.Add(new NpgsqlParameter { Value = DateTime.UnixEpoch.AddMilliseconds(from) });
        command.Parameters.Add(new NpgsqlParameter { Value = DateTime.UnixEpoch.AddMilliseconds(to) });
        await using var rows = await command.ExecuteReaderAsync();
        long count = 0, sum = 0;
        while (await rows.ReadAsync())
        {
            sum += rows.GetDateTime(0).Ticks;
            for (var column = 1; column < rows.FieldCount; column++)
            {
                sum += column is 5 or 9 or 10 ? rows.GetInt16(column) : rows.GetInt32(column);
            }

            count++;
        }

        GC.KeepAlive(sum);
        return count;
    }

    private static async Task<(long Fixes, double Milliseconds)> MedianAsync(Func<Task<long>> run, int runs)
    {
        var times = new List<double>();
        var fixes = await run();

        // Until the code is compiled as it is in a server that has run for a while.
        for (var warmedUp = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(warmedUp) < WarmUp;)
        {
            await run();
        }

        for (var i = 0; i < runs; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await run();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return (fixes, times.Order().ElementAt(runs / 2));
    }
}
