namespace CommandCenter.Chaos.Walls;

/// <summary>Asks all walls many times a second what they say of themselves, and keeps the oldest and the silent while a fault lasts.</summary>
public sealed class WallWatch(IReadOnlyList<WatchingWall> walls)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private WallWords _words = new(walls.Count);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            lock (_gate)
            {
                for (var i = 0; i < walls.Count; i++)
                {
                    _words.Note(i, walls[i].SaidAge());
                }
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>What was said since the last call.</summary>
    public WallWords Take()
    {
        lock (_gate)
        {
            var words = _words;
            _words = new WallWords(walls.Count);
            return words;
        }
    }
}

/// <summary>What each wall said of itself over a while.</summary>
public sealed class WallWords(int walls)
{
    private readonly bool[] _silent = new bool[walls];
    private readonly TimeSpan[] _oldest = new TimeSpan[walls];

    public void Note(int wall, TimeSpan? age)
    {
        _silent[wall] |= age is null;
        _oldest[wall] = age > _oldest[wall] ? age.Value : _oldest[wall];
    }

    /// <summary>Walls that said "no connection".</summary>
    public int Silent => _silent.Count(s => s);

    public TimeSpan Oldest => _oldest.DefaultIfEmpty().Max();

    /// <summary>Did every wall own up to a picture at least that old, or to having none?</summary>
    public bool AllSaid(TimeSpan age) => Enumerable.Range(0, walls).All(i => _silent[i] || _oldest[i] >= age);
}
