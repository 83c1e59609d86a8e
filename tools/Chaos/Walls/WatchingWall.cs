using System.Diagnostics;
using System.Net;
using CommandCenter.Chaos.Load;
using CommandCenter.Contracts.Wall;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Chaos.Walls;

/// <summary>
/// A wall as the browser is one: it keeps what it was told, comes back when its line breaks, goes on from its tick, and says how old its
/// picture is. It also holds the server to the truth: no worker may be shown younger than the phone's newest fix.
/// </summary>
/// <param name="addresses">Tried in turn; a browser has one, its own origin.</param>
/// <param name="token">A bearer token.</param>
/// <param name="area">Code of the area to watch.</param>
/// <param name="ledger">What the phones sent.</param>
public sealed class WatchingWall(IReadOnlyList<Uri> addresses, string token, string area, Ledger ledger)
{
    private const long RoundingMs = 1_500;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(300);

    private readonly Dictionary<int, int> _workerOf = ledger.Workers.Select((w, i) => (w.Id, i)).ToDictionary(p => p.Id, p => p.i);
    private readonly Lock _gate = new();
    private Dictionary<int, Shown> _shown = [];
    private string? _epoch;
    private long _tick;
    private long _newestFixMs;
    private long _lastFrame = Stopwatch.GetTimestamp();

    public bool IsConnected { get; private set; }

    /// <summary>How often it lost its line.</summary>
    public int Lost { get; private set; }

    /// <summary>How often it began with everything anew.</summary>
    public int FullFrames { get; private set; }

    /// <summary>Records that claimed a fix younger than any that was sent.</summary>
    public int Lies { get; private set; }

    /// <summary>Which address it speaks to now.</summary>
    public Uri? Address { get; private set; }

    /// <summary>What it says of itself: null while it has no line to the server, else the age of the newest fix it shows.</summary>
    public TimeSpan? SaidAge()
    {
        lock (_gate)
        {
            return !IsConnected || Stopwatch.GetElapsedTime(_lastFrame) > Silence
                ? null
                : TimeSpan.FromMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - _newestFixMs);
        }
    }

    /// <summary>Where it shows a worker, 1e-7 degrees; null: not at all.</summary>
    public (int LongitudeE7, int LatitudeE7)? PlaceOf(int workerId)
    {
        lock (_gate)
        {
            return _shown.TryGetValue(workerId, out var shown) ? (shown.LongitudeE7, shown.LatitudeE7) : null;
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var turn = 0; !cancellationToken.IsCancellationRequested; turn++)
        {
            try
            {
                await WatchAsync(addresses[turn % addresses.Count], cancellationToken);
            }
            catch (Exception e) when (IsBrokenLine(e) || cancellationToken.IsCancellationRequested)
            {
                // What a break of the line looks like to a client; it comes back.
            }

            lock (_gate)
            {
                Lost += IsConnected && !cancellationToken.IsCancellationRequested ? 1 : 0;
                IsConnected = false;
            }

            await Task.Delay(Retry * (0.5 + Random.Shared.NextDouble()), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static bool IsBrokenLine(Exception e) =>
        e is IOException or HttpRequestException or System.Net.WebSockets.WebSocketException or HubException or OperationCanceledException or InvalidOperationException or TimeoutException;

    private async Task WatchAsync(Uri address, CancellationToken cancellationToken)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(new WebSocketConnectionFactory(token));
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(new Uri($"ws://{address.Authority}{IWallHub.Path}")));
        builder.AddMessagePackProtocol();
        await using var connection = builder.Build();
        connection.ServerTimeout = TimeSpan.FromSeconds(30);
        await connection.StartAsync(cancellationToken);
        var request = new WatchRequest { Area = area, Epoch = _epoch, Tick = _epoch is null ? null : _tick };
        await foreach (var frame in connection.StreamAsync<WallFrame>("Watch", request, cancellationToken))
        {
            Take(frame, address);
            await connection.SendAsync("Shown", frame.Tick, cancellationToken);
        }
    }

    private void Take(WallFrame frame, Uri address)
    {
        lock (_gate)
        {
            IsConnected = true;
            Address = address;
            _lastFrame = Stopwatch.GetTimestamp();
            if (frame.Full)
            {
                _shown = [];
                FullFrames++;
            }

            for (var i = 0; i < frame.Count; i++)
            {
                Take(WallRecord.Read(frame.Records.AsSpan(i * WallRecord.Size)), frame.Time);
            }

            (_epoch, _tick) = (frame.Epoch, frame.Tick);
        }
    }

    private void Take(in WallRecord record, long frameTimeMs)
    {
        if (record.Presence == Presence.Gone || (record.Flags & RecordFlags.NoPosition) != 0)
        {
            _shown.Remove(record.Slot);
            return;
        }

        _shown[record.Slot] = new Shown(record.LongitudeE7, record.LatitudeE7);
        if (WallRecord.DecodeAge(record.Age) is { } age and < 128 && _workerOf.TryGetValue(record.Slot, out var worker))
        {
            // The age is whole seconds, rounded down: the fix was taken within the second before.
            var oldest = frameTimeMs - ((age + 1) * 1_000);
            Lies += oldest > ledger.NewestSentMs(worker) + RoundingMs ? 1 : 0;
            _newestFixMs = Math.Max(_newestFixMs, oldest + 1_000);
        }
    }

    private readonly record struct Shown(int LongitudeE7, int LatitudeE7);
}
