using System.Collections.Concurrent;
using CommandCenter.Access;
using CommandCenter.Contracts.Wall;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace CommandCenter.Wall;

/// <summary>The walls connected to this node. Rights are looked at while a connection lives: one whose session ended is told so and closed.</summary>
public sealed partial class WallConnections(
    AccountDirectory accounts,
    IHubContext<WallHub, IWallClient> hub,
    WallMetrics metrics,
    TimeProvider time,
    IOptions<WallOptions> options,
    ILogger<WallConnections> logger) : BackgroundService
{
    private static readonly TimeSpan GoodbyeBound = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, HubCallerContext> _open = new();

    public int Count => _open.Count;

    /// <summary>False when this node has as many as it takes.</summary>
    public bool TryAdd(HubCallerContext connection)
    {
        if (_open.Count >= options.Value.MaxConnections)
        {
            return false;
        }

        _open[connection.ConnectionId] = connection;
        metrics.Connected(1);
        return true;
    }

    public void Remove(HubCallerContext connection)
    {
        if (_open.TryRemove(connection.ConnectionId, out _))
        {
            metrics.Connected(-1);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.RightsSeconds), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var connection in _open.Values)
            {
                if (connection.User is not { } user || !accounts.IsCurrent(user))
                {
                    Remove(connection);
                    LogSignedOut(connection.UserIdentifier ?? "");
                    _ = SayGoodbyeAsync(connection);
                }
            }
        }
    }

    /// <summary>Not awaited by the loop: a wall that stopped reading must not delay the others' end.</summary>
    private async Task SayGoodbyeAsync(HubCallerContext connection)
    {
        try
        {
            await hub.Clients.Client(connection.ConnectionId).SignedOut("session-ended").WaitAsync(GoodbyeBound, time);
        }
        catch (TimeoutException)
        {
            // It does not read: closing says enough.
        }
        finally
        {
            connection.Abort();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A wall of account {Account} is closed: its session ended")]
    private partial void LogSignedOut(string account);
}
