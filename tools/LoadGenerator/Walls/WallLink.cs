using System.Net.WebSockets;
using CommandCenter.Contracts.Wall;

namespace CommandCenter.LoadGenerator.Walls;

/// <summary>
/// One wall's connection: a WebSocket that speaks the hub's MessagePack protocol, acknowledges each frame as a page does once it is drawn, and may
/// be told to stop reading, which is the worst that a page can do: it still says that it is there, so the hub keeps it.
/// </summary>
internal sealed class WallLink(WallView view, TimeProvider clock) : IDisposable
{
    private const int MostMessageBytes = 64 * 1024 * 1024;

    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _socket = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource? _stall;
    private byte[] _buffer = new byte[16 * 1024];

    public WallView View => view;

    /// <summary>Why it ended, when that was not asked for.</summary>
    public string? Failure { get; private set; }

    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>Connects and watches; returns with the first frame.</summary>
    public async Task OpenAsync(Uri server, string token, string area, CancellationToken cancellationToken)
    {
        _socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        var address = new UriBuilder(new Uri(server, IWallHub.Path)) { Scheme = server.Scheme == "https" ? "wss" : "ws" };
        await _socket.ConnectAsync(address.Uri, cancellationToken);
        await _socket.SendAsync(WallMessages.Handshake, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        await _socket.SendAsync(WallMessages.Watch(area), WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        Running = RunAsync(cancellationToken);
        await _first.Task.WaitAsync(TimeSpan.FromSeconds(60), clock, cancellationToken);
    }

    /// <summary>The socket is not read until <see cref="Resume"/>.</summary>
    public void Stall() => _stall = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume()
    {
        _stall?.TrySetResult();
        _stall = null;
    }

    public void Dispose() => _socket.Dispose();

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReceiveAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The stage is over.
        }
        catch (Exception e) when (e is WebSocketException or InvalidDataException or MessagePack.MessagePackSerializationException or IOException)
        {
            Failure = e.Message;
        }

        _first.TrySetException(new IOException(Failure ?? "the wall was closed"));
        _ = _first.Task.Exception;
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        var (start, length, handshake) = (0, 0, true);
        while (Failure is null)
        {
            if (_stall is { } stall)
            {
                await PingUntilAsync(stall.Task, cancellationToken);
            }

            if (length == _buffer.Length)
            {
                start = MakeRoom(start, ref length);
            }

            var received = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                Failure = "the server closed the connection";
                return;
            }

            length += received.Count;
            if (handshake && !PassHandshake(ref start, length, ref handshake))
            {
                continue;
            }

            var acknowledge = Take(ref start, length);
            if (start == length)
            {
                (start, length) = (0, 0);
            }

            if (acknowledge is { } tick)
            {
                _first.TrySetResult();
                await _socket.SendAsync(WallMessages.Shown(tick), WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
            }
        }
    }

    private async Task PingUntilAsync(Task resumed, CancellationToken cancellationToken)
    {
        while (!resumed.IsCompleted)
        {
            await resumed.WaitAsync(PingEvery, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            await _socket.SendAsync(WallMessages.Ping, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        }
    }

    /// <summary>What is not read yet moves to the front; a message longer than the buffer gets a larger one.</summary>
    private int MakeRoom(int start, ref int length)
    {
        var rest = _buffer.AsSpan(start, length - start);
        var to = start > _buffer.Length / 2 ? _buffer : new byte[Math.Min(MostMessageBytes, _buffer.Length * 2)];
        if (to.Length == rest.Length)
        {
            throw new InvalidDataException($"A message of more than {MostMessageBytes} bytes.");
        }

        rest.CopyTo(to);
        _buffer = to;
        length = rest.Length;
        return 0;
    }

    private bool PassHandshake(ref int start, int length, ref bool handshake)
    {
        var end = _buffer.AsSpan(0, length).IndexOf((byte)0x1e);
        if (end < 0)
        {
            return false;
        }

        if (end != 2)
        {
            throw new InvalidDataException("The hub refused: " + System.Text.Encoding.UTF8.GetString(_buffer, 0, end));
        }

        (start, handshake) = (end + 1, false);
        return true;
    }

    /// <summary>The tick of the last frame taken; null when none was complete.</summary>
    private long? Take(ref int start, int length)
    {
        long? tick = null;
        while (HubFrame.TryReadLength(_buffer.AsSpan(start, length - start), out var prefix, out var size) && length - start - prefix >= size)
        {
            var frame = HubFrame.Read(_buffer.AsMemory(start + prefix, size));
            start += prefix + size;
            if (frame.Kind == HubMessage.Frame)
            {
                view.Take(frame, prefix + size, clock.GetUtcNow().ToUnixTimeMilliseconds());
                tick = frame.Tick;
            }
            else if (frame.Kind == HubMessage.End)
            {
                Failure = frame.Error;
            }
        }

        return tick;
    }
}
