using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace CommandCenter.Chaos.Walls;

/// <summary>A WebSocket as the SignalR client's connection: the client package that brings one does not restore here.</summary>
public sealed class WebSocketConnectionFactory(string? token, string? cookie = null) : IConnectionFactory
{
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = new ClientWebSocket();
        if (token is not null)
        {
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        }

        if (cookie is not null)
        {
            socket.Options.SetRequestHeader("Cookie", cookie);
        }

        await socket.ConnectAsync(((UriEndPoint)endpoint).Uri, cancellationToken);
        return new WebSocketConnection(socket);
    }

    private sealed class WebSocketConnection : ConnectionContext
    {
        private readonly ClientWebSocket _socket;
        private readonly Pipe _fromServer = new(new PipeOptions(pauseWriterThreshold: 0));
        private readonly Pipe _toServer = new();

        public WebSocketConnection(ClientWebSocket socket)
        {
            _socket = socket;
            Transport = new Duplex(_fromServer.Reader, _toServer.Writer);
            _ = Task.WhenAll(ReceiveAsync(), SendAsync());
        }

        public override string ConnectionId { get; set; } = Guid.NewGuid().ToString("N");

        public override IFeatureCollection Features { get; } = new FeatureCollection();

        public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

        public override IDuplexPipe Transport { get; set; }

        public override async ValueTask DisposeAsync()
        {
            _socket.Abort();
            await base.DisposeAsync();
        }

        private async Task ReceiveAsync()
        {
            Exception? error = null;
            try
            {
                while (true)
                {
                    var memory = _fromServer.Writer.GetMemory(16 * 1024);
                    var received = await _socket.ReceiveAsync(memory, CancellationToken.None);
                    if (received.MessageType == WebSocketMessageType.Close)
                    {
                        break;
                    }

                    _fromServer.Writer.Advance(received.Count);
                    await _fromServer.Writer.FlushAsync();
                }
            }
            catch (WebSocketException e)
            {
                error = e;
            }

            await _fromServer.Writer.CompleteAsync(error);
        }

        private async Task SendAsync()
        {
            while (true)
            {
                var read = await _toServer.Reader.ReadAsync();
                if (!read.Buffer.IsEmpty && _socket.State == WebSocketState.Open)
                {
                    await _socket.SendAsync(read.Buffer.ToArray(), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
                }

                _toServer.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    return;
                }
            }
        }

        private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
    }
}
