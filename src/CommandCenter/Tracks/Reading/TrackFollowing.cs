namespace CommandCenter.Tracks.Reading;

/// <summary>What a look at a worker's track is for the audit trail.</summary>
internal enum TrackLook
{
    /// <summary>A row with its interval.</summary>
    Open,

    /// <summary>A row that says "from then on".</summary>
    Follow,

    /// <summary>The row of the following is there and says so.</summary>
    Followed,
}

/// <summary>
/// What one connection has been told of whom. A replay that has run into the present asks every few seconds for what came since: that is one row on the trail for each
/// worker, like a following on the wall, and not one for each asking. The first look at a worker is a row with its interval; the first that goes on from there into the
/// present is a row "from then on". What goes on from there without a pause, into the present and for the same reason and area, needs no other for half a day. Whatever
/// else is asked, also of a time that was followed, is a row: somebody looks back.
/// </summary>
public sealed class TrackFollowing
{
    /// <summary>Whoever follows for longer is on the trail again, so that it shows that the following went on.</summary>
    internal const long LongestMs = 12 * TrackPiece.HourMilliseconds;

    /// <summary>An end as near to now is the present: clocks differ, and the asking took its way.</summary>
    internal const long PresentMs = 60_000;

    /// <summary>A page asks at least each minute; after more it has stopped, and what it asks then is a look of its own.</summary>
    internal const long PauseMs = 3 * 60_000;

    /// <summary>A page asks for the last minute again, since phones send late, and an answer or two may have failed.</summary>
    internal const long OverlapMs = 2 * 60_000;

    /// <summary>Remembered at most.</summary>
    internal const int MostWorkers = 20_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, Told> _told = [];

    /// <param name="area">Code of the area that was asked for; null: workers.</param>
    internal TrackLook Of(int workerId, long fromMs, long toMs, string? area, string why, long nowMs)
    {
        lock (_lock)
        {
            if (!_told.TryGetValue(workerId, out var told) || toMs < nowMs - PresentMs)
            {
                return TrackLook.Open;
            }

            if (told.Following is { } following && following.GoesOn(fromMs, area, why, nowMs))
            {
                return TrackLook.Followed;
            }

            return told.Area == area && told.FromMs <= fromMs && fromMs <= told.ToMs ? TrackLook.Follow : TrackLook.Open;
        }
    }

    /// <summary>To be called once the row is durable, and of what needs none.</summary>
    internal void Remember(int workerId, TrackLook look, long fromMs, long toMs, string? area, string why, long nowMs)
    {
        lock (_lock)
        {
            if (!_told.TryGetValue(workerId, out var told) && _told.Count >= MostWorkers)
            {
                return;
            }

            // An end in the future: nothing from there has been told.
            var endMs = Math.Min(toMs, nowMs);
            _told[workerId] = (look, told.Following) switch
            {
                (TrackLook.Follow, _) => new Told(fromMs, endMs, area, new Tail(fromMs, nowMs, endMs, nowMs, area, why)),
                (TrackLook.Followed, { } tail) => new Told(tail.FromMs, endMs, area, tail with { ToMs = endMs, AskedAtMs = nowMs }),
                _ => new Told(fromMs, endMs, area, told.Following),
            };
        }
    }

    /// <summary>The last look, and a following beside which it may have been.</summary>
    private readonly record struct Told(long FromMs, long ToMs, string? Area, Tail? Following);

    private readonly record struct Tail(long FromMs, long SinceMs, long ToMs, long AskedAtMs, string? Area, string Why)
    {
        public bool GoesOn(long fromMs, string? area, string why, long nowMs) =>
            Why == why && Area == area
            && nowMs - SinceMs < LongestMs && nowMs - AskedAtMs <= PauseMs
            && FromMs <= fromMs && ToMs - OverlapMs <= fromMs && fromMs <= ToMs;
    }
}
