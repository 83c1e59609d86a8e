using CommandCenter.Chaos.Walls;
using CommandCenter.Contracts.Alarms;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Contracts.Wall;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.IntegrationTests.Harness;

/// <summary>A wall as another program would write one: the hub client with the MessagePack protocol, acknowledging what it takes.</summary>
public sealed class WallClient : IAsyncDisposable
{
    private readonly HubConnection _connection;

    private WallClient(HubConnection connection)
    {
        _connection = connection;
        connection.On<string>("SignedOut", reason => SignedOut.TrySetResult(reason));
        connection.Closed += _ =>
        {
            Closed.TrySetResult();
            return Task.CompletedTask;
        };
    }

    public TaskCompletionSource<string> SignedOut { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="server">To connect to.</param>
    /// <param name="token">A bearer token.</param>
    /// <param name="cookie">Instead of a token: a kiosk's session is a cookie alone.</param>
    public static async Task<WallClient> ConnectAsync(ServerProcess server, string? token, string? cookie = null)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(new WebSocketConnectionFactory(token, cookie));
        builder.Services.AddSingleton<System.Net.EndPoint>(new UriEndPoint(new Uri($"ws://localhost:{server.Port}/hubs/wall")));
        builder.AddMessagePackProtocol();
        var client = new WallClient(builder.Build());
        await client._connection.StartAsync();
        return client;
    }

    public IAsyncEnumerable<WallFrame> Watch(WatchRequest request, CancellationToken cancellationToken = default) =>
        _connection.StreamAsync<WallFrame>("Watch", request, cancellationToken);

    public IAsyncEnumerable<TrackChunk> Tracks(TrackRequest request, CancellationToken cancellationToken = default) =>
        _connection.StreamAsync<TrackChunk>("Tracks", request, cancellationToken);

    public IAsyncEnumerable<AlarmNews> Alarms(CancellationToken cancellationToken = default) => _connection.StreamAsync<AlarmNews>("Alarms", cancellationToken);

    public Task AlarmShownAsync(string id, long version) => _connection.SendAsync("AlarmShown", id, version);

    public Task ShownAsync(long tick) => _connection.SendAsync("Shown", tick);

    /// <summary>Takes frames, acknowledging each, until one meets the condition; that one is returned.</summary>
    public async Task<WallFrame> UntilAsync(WatchRequest request, Func<WallFrame, bool> condition, int seconds = 20)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        await foreach (var frame in Watch(request, patience.Token))
        {
            await ShownAsync(frame.Tick);
            if (condition(frame))
            {
                return frame;
            }
        }

        throw new AssertionException("The stream ended.");
    }

    public static IEnumerable<WallRecord> RecordsOf(WallFrame frame) =>
        Enumerable.Range(0, frame.Count).Select(i => WallRecord.Read(frame.Records.AsSpan(i * WallRecord.Size)));

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();
}
