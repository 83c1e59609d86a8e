using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using CommandCenter.Contracts.Alarms;
using CommandCenter.Contracts.Wall;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Chaos.Walls;

/// <summary>A wall's alarm lane: takes what it is told, says that it has drawn it, and comes back when its line breaks.</summary>
public sealed class AlarmWall(Uri address, string token)
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(300);

    private readonly ConcurrentDictionary<Guid, long> _drawn = [];

    /// <summary>When an alarm was first drawn, a time stamp of <see cref="Stopwatch"/>; null: never.</summary>
    public long? DrawnAt(Guid alarm) => _drawn.TryGetValue(alarm, out var at) ? at : null;

    public int Count => _drawn.Count;

    /// <summary>It has been told of everything that is open since its line last came back.</summary>
    public bool IsWatching { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await WatchAsync(cancellationToken);
            }
            catch (Exception e) when (IsBrokenLine(e) || cancellationToken.IsCancellationRequested)
            {
                // What a break of the line looks like to a client; it comes back.
            }

            IsWatching = false;
            await Task.Delay(Retry * (0.5 + Random.Shared.NextDouble()), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static bool IsBrokenLine(Exception e) =>
        e is IOException or HttpRequestException or System.Net.WebSockets.WebSocketException or HubException or OperationCanceledException or InvalidOperationException or TimeoutException;

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(new WebSocketConnectionFactory(token));
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(new Uri($"ws://{address.Authority}{IWallHub.Path}")));
        builder.AddMessagePackProtocol();
        await using var connection = builder.Build();
        connection.ServerTimeout = TimeSpan.FromSeconds(30);
        await connection.StartAsync(cancellationToken);
        await foreach (var news in connection.StreamAsync<AlarmNews>("Alarms", cancellationToken))
        {
            var now = Stopwatch.GetTimestamp();
            foreach (var alarm in news.Alarms)
            {
                if (_drawn.TryAdd(Guid.Parse(alarm.Id), now))
                {
                    await connection.SendAsync("AlarmShown", alarm.Id, alarm.Version, cancellationToken);
                }
            }

            IsWatching |= news.Full;
        }
    }
}
