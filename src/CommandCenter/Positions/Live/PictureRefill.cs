using CommandCenter.Tracks;
using CommandCenter.Workers;
using Npgsql;

namespace CommandCenter.Positions.Live;

/// <summary>
/// Fills a picture that has no checkpoint, because Redis was lost with its disk, from the newest stored fixes: better a wall that says "last
/// seen an hour ago" than an empty one.
/// </summary>
public sealed partial class PictureRefill(
    LivePicture picture, TrackStore tracks, WorkerDirectory workers, TimeProvider time, ILogger<PictureRefill> logger)
{
    private const int WorkersAStep = 5_000;
    private static readonly TimeSpan LongestBack = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestTime = TimeSpan.FromSeconds(60);

    /// <summary>What cannot be read in time, or at all, is left out: the phones fill it in within seconds.</summary>
    public async Task FillAsync(Func<int, bool> isWanted, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var now = time.GetUtcNow();
        var since = (now - LongestBack).ToUnixTimeMilliseconds();

        // A phone's clock may run a little ahead: the hour to come counts too.
        var until = now.AddHours(1).ToUnixTimeMilliseconds();
        var filled = 0;
        try
        {
            foreach (var step in workers.Current.All.Select(worker => worker.Id).Where(isWanted).Chunk(WorkersAStep))
            {
                var newest = await tracks.ReadNewestAsync(step, since, until, cancellationToken);
                picture.Restore([.. newest.Select(fix => (fix.WorkerId, fix.FixTimeMs))], newest);
                filled += newest.Count;
                if (time.GetElapsedTime(started) > LongestTime)
                {
                    break;
                }
            }

            if (filled > 0)
            {
                LogFilled(filled, time.GetElapsedTime(started).TotalSeconds);
            }
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or InvalidDataException)
        {
            LogNotFilled(filled, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "There was no checkpoint of the picture; {Workers} workers stand where their stored tracks end ({Seconds:F1} s)")]
    private partial void LogFilled(int workers, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "There was no checkpoint of the picture, and the stored tracks could not be read after {Workers} workers: {Error}")]
    private partial void LogNotFilled(int workers, string error);
}
