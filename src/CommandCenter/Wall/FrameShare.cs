using CommandCenter.Contracts.Wall;
using CommandCenter.Positions.Live;
using Microsoft.Extensions.Options;

namespace CommandCenter.Wall;

/// <summary>
/// Walls at the same scope and tick share one frame, cut once between two beats. Frames are kept for the beat only, so there are at most
/// as many as walls.
/// </summary>
public sealed class FrameShare(LivePicture picture, IOptions<WallOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(WallScope Scope, long? Since), WallFrame?> _frames = [];
    private readonly Dictionary<(WallScope Scope, long? Since), (byte[]? Counts, long Tick)> _counts = [];
    private long _beat = -1;

    /// <summary>The frame from <paramref name="since"/> (null: everything) to now; null when the scope is gone.</summary>
    /// <param name="held">What a wall with bounds holds: such a wall's frames are its own, for no two hold the same.</param>
    internal WallFrame? Frame(WallScope scope, long? since, KnownSlots? held)
    {
        if (held is not null)
        {
            using var reading = picture.Read();
            return FrameCutter.Cut(reading, picture.Epoch, scope, since, options.Value, held);
        }

        lock (_gate)
        {
            Turn();
            if (!_frames.TryGetValue((scope, since), out var frame))
            {
                using var reading = picture.Read();
                frame = FrameCutter.Cut(reading, picture.Epoch, scope, since, options.Value);
                _frames[(scope, since)] = frame;
            }

            return frame;
        }
    }

    /// <summary>Changed head counts and the tick they are of.</summary>
    public (byte[]? Counts, long Tick) Counts(WallScope scope, long? since)
    {
        lock (_gate)
        {
            Turn();
            var key = (scope with { Bounds = null }, since);
            if (!_counts.TryGetValue(key, out var counts))
            {
                using var reading = picture.Read();
                counts = (FrameCutter.CutCounts(reading, scope, since, options.Value.CountLevels), reading.Tick);
                _counts[key] = counts;
            }

            return counts;
        }
    }

    private void Turn()
    {
        if (picture.BeatTick != _beat)
        {
            _beat = picture.BeatTick;
            _frames.Clear();
            _counts.Clear();
        }
    }
}
