using CommandCenter.Tracks.Reading;

namespace CommandCenter.Wall;

/// <summary>What one connection to the wall hub is doing: its stream, the areas it has an audit row for, and whose tracks it follows.</summary>
internal sealed class WallSession
{
    private readonly Lock _gate = new();
    private readonly HashSet<int> _watched = [];
    private CancellationTokenSource? _current;
    private CancellationTokenSource? _alarms;

    public WallStream? Stream { get; private set; }

    public TrackFollowing Following { get; } = new();

    public bool HasWatched(int areaId)
    {
        lock (_gate)
        {
            return _watched.Contains(areaId);
        }
    }

    /// <summary>Makes the stream the connection's only one. The source's token ends it.</summary>
    public CancellationTokenSource Begin(WallStream stream, int areaId, CancellationToken cancellationToken)
    {
        var next = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        CancellationTokenSource? previous;
        lock (_gate)
        {
            previous = _current;
            _current = next;
            Stream = stream;
            _watched.Add(areaId);
        }

        End(previous);
        return next;
    }

    /// <summary>Makes the stream of alarms the connection's only one. The source's token ends it.</summary>
    public CancellationTokenSource BeginAlarms(CancellationToken cancellationToken)
    {
        var next = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        End(Interlocked.Exchange(ref _alarms, next));
        return next;
    }

    private static void End(CancellationTokenSource? previous)
    {
        try
        {
            previous?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself.
        }
    }
}
