namespace CommandCenter.Tracks.Reading;

/// <summary>So many readers at once and no more; nobody waits, because who waits for a track asks again anyway.</summary>
internal sealed class TrackPlaces(int most) : IDisposable
{
    private readonly SemaphoreSlim _free = new(most, most);

    public int Most { get; } = most;

    /// <summary>Null: all are taken. Disposing the place, once or twice, frees it.</summary>
    public IDisposable? TryTake() => _free.Wait(0) ? new Place(_free) : null;

    public void Dispose() => _free.Dispose();

    private sealed class Place(SemaphoreSlim free) : IDisposable
    {
        private int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) == 0)
            {
                free.Release();
            }
        }
    }
}
