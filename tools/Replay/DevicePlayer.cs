using CommandCenter.Phones;

namespace CommandCenter.Replay;

/// <summary>How one device's part ended.</summary>
/// <param name="Undelivered">Fixes that the server has not judged.</param>
/// <param name="Trouble">Why, null when everything was delivered.</param>
public readonly record struct Ending(long Undelivered, string? Trouble);

/// <summary>Plays one device's part: records each fix when it is due, uploads what waits, and gives up when the server stays away.</summary>
public sealed class DevicePlayer(Part part, Phone phone, int patience, TimeProvider clock)
{
    private int _next;

    public long Undelivered => part.Fixes.Count - _next + phone.Waiting;

    /// <param name="startTimestamp">The clock's timestamp at which the replay began.</param>
    /// <param name="cancellationToken">Ends it early; that is no error.</param>
    public async Task<Ending> RunAsync(long startTimestamp, CancellationToken cancellationToken)
    {
        try
        {
            while (Undelivered > 0)
            {
                RecordDue((long)clock.GetElapsedTime(startTimestamp).TotalMilliseconds);
                if (phone.Waiting == 0)
                {
                    var wait = part.DueMs[_next] - clock.GetElapsedTime(startTimestamp).TotalMilliseconds;
                    await Task.Delay(TimeSpan.FromMilliseconds(Math.Clamp(wait, 1, 60_000)), clock, cancellationToken);
                    continue;
                }

                var outcome = await phone.UploadAsync(cancellationToken);
                if (outcome.Result == UploadResult.NotKnown || phone.Failures >= patience)
                {
                    return new Ending(Undelivered, outcome.Trouble);
                }

                if (outcome.WaitFor > TimeSpan.Zero)
                {
                    await Task.Delay(outcome.WaitFor, clock, cancellationToken);
                }
            }

            return new Ending(0, null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new Ending(Undelivered, "stopped");
        }
    }

    /// <summary>Never more than the phone's queue holds: here nothing may be dropped.</summary>
    private void RecordDue(long elapsedMs)
    {
        while (_next < part.Fixes.Count && part.DueMs[_next] <= elapsedMs && phone.Room > 0)
        {
            phone.Record(part.Fixes[_next++]);
        }
    }
}
