using CommandCenter.LoadGenerator.Center;
using CommandCenter.LoadGenerator.Measuring;

namespace CommandCenter.LoadGenerator.Replays;

/// <summary>
/// Dispatchers who replay: each opens the last hour of everyone, reads it to its last byte, looks at it for a while and opens it anew. They begin one after
/// another, spread over that while.
/// </summary>
internal sealed class Dispatchers : IAsyncDisposable
{
    /// <summary>An hour at 180×: at 60×, the page's usual speed, it would be looked at for three times as long.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(20);

    private readonly CenterClient _client;
    private readonly string _area;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _ended = new();
    private readonly Histogram _times = new();
    private readonly Lock _gate = new();
    private readonly Task _all;
    private long _bytes;

    private Dispatchers(CenterClient client, string area, int count, TimeProvider clock)
    {
        (_client, _area, _clock) = (client, area, clock);
        _all = Task.WhenAll(Enumerable.Range(0, count).Select(i => ReplayAsync(Look * i / count)));
    }

    public long Replays => _times.Count;

    public double MegabytesEach => Replays == 0 ? 0 : _bytes / 1e6 / Replays;

    /// <summary>From the question to the last byte.</summary>
    public double? MedianMilliseconds => _times.Milliseconds(0.5);

    public static Dispatchers Start(CenterClient client, string area, int count, TimeProvider clock) => new(client, area, count, clock);

    /// <summary>Ends all replays. What a replay was refused with comes out here.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        try
        {
            await _all;
        }
        catch (OperationCanceledException)
        {
            // As was asked.
        }
        finally
        {
            _ended.Dispose();
        }
    }

    private async Task ReplayAsync(TimeSpan first)
    {
        await Task.Delay(first, _clock, _ended.Token);
        while (true)
        {
            var start = _clock.GetTimestamp();
            var bytes = await _client.ReadLastHourAsync(_area, _clock.GetUtcNow(), _ended.Token);
            lock (_gate)
            {
                _times.Add((long)_clock.GetElapsedTime(start).TotalMicroseconds);
                _bytes += bytes;
            }

            await Task.Delay(Look, _clock, _ended.Token);
        }
    }
}
