using System.Net;
using System.Net.Sockets;
using CommandCenter.LoadGenerator.Load;
using CommandCenter.LoadGenerator.Measuring;

namespace CommandCenter.LoadGenerator.Http;

/// <summary>
/// One thread with many keep-alive connections, each with at most one request under way: a request is two system calls and its share of a
/// poll, which is what leaves the second core to the server. Ends when told, after the last answers came or 15 s passed.
/// </summary>
internal sealed class Lane
{
    private const int LongestWait = 50;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly IPEndPoint _server;
    private readonly IRequests _requests;
    private readonly double _requestsPerSecond;
    private readonly TimeProvider _clock;
    private readonly Histogram _answers = new();
    private readonly Connection[] _connections;
    private readonly Poll.Entry[] _entries;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Pacer _pacer = null!;
    private volatile bool _stopping;
    private volatile bool _restarting;
    private long _backlog;

    /// <param name="server">Plain HTTP.</param>
    /// <param name="connections">Opened at once.</param>
    /// <param name="requests">Where they come from.</param>
    /// <param name="requestsPerSecond"><see cref="Pacer.FlatOut"/>: each connection sends as soon as it was answered.</param>
    /// <param name="clock">Of all times.</param>
    public Lane(IPEndPoint server, int connections, IRequests requests, double requestsPerSecond, TimeProvider clock)
    {
        _server = server;
        _requests = requests;
        _requestsPerSecond = requestsPerSecond;
        _clock = clock;
        _connections = [.. Enumerable.Range(0, connections).Select(_ => new Connection())];
        _entries = new Poll.Entry[connections];
    }

    /// <summary>Of answers, whatever they say, from when the request was due.</summary>
    public Histogram Answers => _answers;

    /// <summary>Requests that were due and had no free connection, a moment ago.</summary>
    public long Backlog => Volatile.Read(ref _backlog);

    public void Start() => new Thread(Run) { IsBackground = true, Name = "lane" }.Start();

    /// <summary>From here on the rate counts anew: what the warm-up left behind is forgiven.</summary>
    public void Restart() => _restarting = true;

    public Task StopAsync()
    {
        _stopping = true;
        return _ended.Task;
    }

    private void Run()
    {
        try
        {
            _restarting = true;
            while (!_stopping)
            {
                if (_restarting)
                {
                    _restarting = false;
                    _pacer = new Pacer(_clock.GetTimestamp(), _clock.TimestampFrequency, _requestsPerSecond);
                }

                Turn(mayBegin: true);
            }

            var since = _clock.GetTimestamp();
            while (Array.Exists(_connections, c => c.Busy) && _clock.GetElapsedTime(since) < Patience)
            {
                Turn(mayBegin: false);
            }

            foreach (var connection in _connections)
            {
                Drop(connection);
            }

            _ended.SetResult();
        }
        catch (Exception e)
        {
            _ended.SetException(e);
        }
    }

    private void Turn(bool mayBegin)
    {
        if (mayBegin)
        {
            Begin();
        }

        for (var i = 0; i < _connections.Length; i++)
        {
            _entries[i] = _connections[i].Interest();
        }

        if (Poll.Wait(_entries, _entries.Length, mayBegin ? WaitMilliseconds() : LongestWait) == 0)
        {
            Expire();
            return;
        }

        for (var i = 0; i < _connections.Length; i++)
        {
            if (_entries[i].Returned != 0)
            {
                Serve(_connections[i], mayBegin);
            }
        }
    }

    private void Begin()
    {
        var now = _clock.GetTimestamp();
        foreach (var connection in _connections)
        {
            if (connection.Busy || connection.RestsUntil > now)
            {
                continue;
            }

            if (!_pacer.TryTake(now, out var due))
            {
                break;
            }

            Send(connection, due);
        }

        Volatile.Write(ref _backlog, _pacer.Backlog(now));
    }

    /// <summary>
    /// Never 0, which would burn the core that the server needs: a request may begin up to 1 ms after it was due.
    /// </summary>
    private int WaitMilliseconds() =>
        _requestsPerSecond == Pacer.FlatOut || Array.TrueForAll(_connections, c => c.Busy)
            ? LongestWait
            : Math.Clamp(_pacer.WaitMilliseconds(_clock.GetTimestamp()), 1, LongestWait);

    private void Send(Connection connection, long due)
    {
        var exchange = connection.Exchange;
        exchange.Due = due;
        exchange.Written = 0;
        _requests.Write(exchange, _clock.GetUtcNow().ToUnixTimeMilliseconds());
        connection.Began = _clock.GetTimestamp();
        connection.Busy = true;
        connection.Reader.Begin();
        try
        {
            connection.Open(_server);
            connection.Flush();
        }
        catch (SocketException)
        {
            Fail(connection);
        }
    }

    private void Serve(Connection connection, bool mayBegin)
    {
        try
        {
            if (!connection.Busy)
            {
                // Nothing was asked, so this is the server closing.
                Drop(connection);
                return;
            }

            if (!connection.Flush() || !connection.Receive())
            {
                return;
            }
        }
        catch (Exception e) when (e is SocketException or InvalidDataException)
        {
            Fail(connection);
            return;
        }

        var now = _clock.GetTimestamp();
        _answers.Add((now - connection.Exchange.Due) * 1_000_000 / _clock.TimestampFrequency);
        connection.Busy = false;
        _requests.Answered(connection.Exchange, connection.Reader.Status, connection.Reader.Body);
        if (connection.Reader.Status is 429 or 503)
        {
            Rest(connection);
        }

        if (connection.Reader.Closes)
        {
            Drop(connection);
        }
        else if (mayBegin && connection.RestsUntil <= now && _pacer.TryTake(now, out var due))
        {
            // Straight away, because the socket is warm and the next poll is the dearest call.
            Send(connection, due);
        }
    }

    private void Expire()
    {
        var now = _clock.GetTimestamp();
        foreach (var connection in _connections)
        {
            if (connection.Busy && _clock.GetElapsedTime(connection.Began, now) > Patience)
            {
                Fail(connection);
            }
        }
    }

    private void Fail(Connection connection)
    {
        Drop(connection);
        Rest(connection);
    }

    private void Drop(Connection connection)
    {
        if (connection.Busy)
        {
            connection.Busy = false;
            _requests.Unanswered(connection.Exchange);
        }

        connection.Close();
    }

    private void Rest(Connection connection) => connection.RestsUntil = _clock.GetTimestamp() + (_clock.TimestampFrequency / 20);

    private sealed class Connection
    {
        private Socket? _socket;

        public Exchange Exchange { get; } = new();

        public ResponseReader Reader { get; } = new();

        public bool Busy { get; set; }

        public long Began { get; set; }

        public long RestsUntil { get; set; }

        public void Open(IPEndPoint server)
        {
            if (_socket is null)
            {
                _socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                _socket.Connect(server);
                _socket.Blocking = false;
            }
        }

        public void Close()
        {
            _socket?.Dispose();
            _socket = null;
        }

        /// <summary>poll passes over negative descriptors.</summary>
        public Poll.Entry Interest() => new()
        {
            Descriptor = _socket is null ? -1 : (int)_socket.SafeHandle.DangerousGetHandle(),
            Events = Busy && Exchange.Written < Exchange.Length ? Poll.Writable : Poll.Readable,
        };

        /// <summary>True when all of the request is written.</summary>
        public bool Flush()
        {
            while (Exchange.Written < Exchange.Length)
            {
                var sent = _socket!.Send(Exchange.Request.AsSpan(Exchange.Written, Exchange.Length - Exchange.Written), SocketFlags.None, out var error);
                if (error == SocketError.WouldBlock)
                {
                    return false;
                }

                ThrowOn(error);
                Exchange.Written += sent;
            }

            return true;
        }

        /// <summary>True when the answer is complete.</summary>
        public bool Receive()
        {
            while (true)
            {
                var free = Reader.Free();
                var received = _socket!.Receive(free, SocketFlags.None, out var error);
                if (error == SocketError.WouldBlock)
                {
                    return false;
                }

                ThrowOn(error);
                if (received == 0)
                {
                    throw new SocketException((int)SocketError.ConnectionReset);
                }

                if (Reader.Take(received))
                {
                    return true;
                }

                if (received < free.Length)
                {
                    return false;
                }
            }
        }

        private static void ThrowOn(SocketError error)
        {
            if (error != SocketError.Success)
            {
                throw new SocketException((int)error);
            }
        }
    }
}
