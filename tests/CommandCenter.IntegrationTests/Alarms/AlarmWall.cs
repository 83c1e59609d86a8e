using System.Collections.Concurrent;
using CommandCenter.Contracts.Alarms;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.IntegrationTests.Alarms;

/// <summary>A wall that keeps all news of alarms it is told, and says of each alarm that it has drawn it.</summary>
internal sealed class AlarmWall : IAsyncDisposable
{
    private readonly WallClient _client;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<AlarmNews> _news = new();
    private readonly bool _draws;
    private readonly Task _reading;

    private AlarmWall(WallClient client, bool draws)
    {
        (_client, _draws) = (client, draws);
        _reading = ReadAsync();
    }

    public IReadOnlyList<AlarmNews> News => [.. _news];

    /// <summary>The newest that was told of an alarm; null when nothing was.</summary>
    public WallAlarm? Find(string id) => _news.SelectMany(news => news.Alarms).LastOrDefault(alarm => alarm.Id == id);

    public static async Task<AlarmWall> OpenAsync(ServerProcess server, string token, bool draws = true)
    {
        var wall = new AlarmWall(await WallClient.ConnectAsync(server, token), draws);
        await Eventually.TrueAsync(() => wall._news.Any(news => news.Full), "the open alarms", AlarmCenter.Patience);
        return wall;
    }

    public Task UntilAsync(string id, Func<WallAlarm, bool> condition, string what) =>
        Eventually.TrueAsync(() => _news.SelectMany(news => news.Alarms).Any(alarm => alarm.Id == id && condition(alarm)), what, AlarmCenter.Patience);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading.ContinueWith(_ => { }, TaskScheduler.Default);
        await _client.DisposeAsync();
        _end.Dispose();
    }

    private async Task ReadAsync()
    {
        await foreach (var news in _client.Alarms(_end.Token))
        {
            _news.Enqueue(news);
            foreach (var alarm in _draws ? news.Alarms : [])
            {
                await _client.AlarmShownAsync(alarm.Id, alarm.Version);
            }
        }
    }
}
