using System.Runtime.CompilerServices;
using CommandCenter.Contracts.Wall;
using CommandCenter.Positions.Live;

namespace CommandCenter.Wall;

/// <summary>
/// One wall's stream. All it holds is the tick the wall was last sent and the ticks it has not acknowledged: a wall that is slow gets
/// fewer, larger differences, one that is frozen costs nothing and delays nobody.
/// </summary>
internal sealed class WallStream(
    LivePicture picture, FrameShare share, FixClock clock, WallMetrics metrics, TimeProvider time, WallOptions options, WallScope scope)
{
    private readonly Queue<long> _unacknowledged = new();
    private readonly Lock _gate = new();
    private readonly KnownSlots? _held = scope.Bounds is null ? null : new();
    private long? _sent;
    private long _oldestMs = long.MaxValue;
    private long? _countsTick;
    private long _lastFrame;
    private long _lastCounts;
    private bool _crowded;

    /// <summary>Starts from a tick of this process that the wall has drawn; anything else starts with a full frame.</summary>
    public void Resume(string? epoch, long? tick)
    {
        if (!string.IsNullOrEmpty(epoch) && epoch == scope.EpochOf(picture.Epoch) && tick is >= 0)
        {
            using var reading = picture.Read();
            _sent = tick <= reading.Tick ? tick : null;
        }
    }

    /// <summary>The wall has drawn the frame of this tick, and with it all before.</summary>
    public void Shown(long tick)
    {
        lock (_gate)
        {
            while (_unacknowledged.TryPeek(out var oldest) && oldest <= tick)
            {
                _unacknowledged.Dequeue();
            }
        }
    }

    /// <summary>Frames as the wall can take them; ends when the areas are gone, the rights are, or the wall is.</summary>
    public async IAsyncEnumerable<WallFrame> FramesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var beat = picture.NextBeat;
            _oldestMs = Math.Min(_oldestMs, clock.OldestOfBeatMs);
            if (MayTakeAnother())
            {
                if (share.Frame(scope, _sent, _held) is not { } frame)
                {
                    yield break;
                }

                if (Dress(frame) is { } dressed)
                {
                    Remember(dressed);
                    metrics.Sent(dressed.Count, dressed.Records.Length + (dressed.Counts?.Length ?? 0));
                    if (dressed is { Full: false, Count: > 0 } && _oldestMs != long.MaxValue)
                    {
                        metrics.FixToWall((time.GetUtcNow().ToUnixTimeMilliseconds() - _oldestMs) / 1000.0);
                    }

                    yield return dressed;
                }

                _oldestMs = long.MaxValue;
            }
            else
            {
                metrics.Conflated();
            }

            await beat.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Adds head counts when they are due; null when there is nothing worth sending yet.</summary>
    private WallFrame? Dress(WallFrame frame)
    {
        var wasCrowded = _crowded;
        _crowded = frame.Crowded;
        var countsDue = _lastCounts == 0 || time.GetElapsedTime(_lastCounts).TotalSeconds >= options.CountsSeconds;
        if (countsDue)
        {
            var (counts, tick) = share.Counts(scope, frame.Full ? null : _countsTick);
            _lastCounts = time.GetTimestamp();
            _countsTick = tick;
            frame = counts is null ? frame : frame with { Counts = counts };
        }

        var news = frame.Count > 0 || frame.Counts is not null || (frame.Full && !(frame.Crowded && wasCrowded));
        return news || time.GetElapsedTime(_lastFrame).TotalSeconds >= options.HeartbeatSeconds ? frame : null;
    }

    private void Remember(WallFrame frame)
    {
        // A crowded wall knows no markers: the next frame that has some must have all.
        _sent = frame.Crowded ? null : frame.Tick;
        _lastFrame = time.GetTimestamp();
        lock (_gate)
        {
            _unacknowledged.Enqueue(frame.Tick);
        }
    }

    private bool MayTakeAnother()
    {
        lock (_gate)
        {
            return _unacknowledged.Count < options.UnacknowledgedFrames;
        }
    }
}
