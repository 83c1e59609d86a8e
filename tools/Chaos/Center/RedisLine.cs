using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using CommandCenter.Positions.Log;
using CommandCenter.Storage;

namespace CommandCenter.Chaos.Center;

/// <summary>
/// A fresh connection for each question, in Redis' own inline protocol: what a client library believes about a Redis that was just killed
/// must not colour the measurement.
/// </summary>
public sealed partial record RedisLine(string Host, int Port, string Password)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(1);

    /// <param name="connection">Such as <c>127.0.0.1:6379,password=…</c>.</param>
    public static RedisLine Of(string connection)
    {
        var parts = connection.Split(',');
        var colon = parts[0].LastIndexOf(':');
        const string key = "password=";
        return new RedisLine(
            colon < 0 ? parts[0] : parts[0][..colon],
            colon < 0 ? 6379 : int.Parse(parts[0].AsSpan(colon + 1), CultureInfo.InvariantCulture),
            parts.FirstOrDefault(part => part.StartsWith(key, StringComparison.Ordinal))?[key.Length..] ?? "");
    }

    /// <summary>False while it is away, loads, or is stopped.</summary>
    public async Task<bool> AnswersAsync() => (await AskAsync("PING"))?.Contains("+PONG", StringComparison.Ordinal) == true;

    /// <summary>The end of the position log; null while Redis is away.</summary>
    public async Task<LogPosition?> LogEndAsync()
    {
        if (await AskAsync($"XREVRANGE {RedisKeys.PositionLog(0)} + - COUNT 1") is not { } answer)
        {
            return null;
        }

        return Position().Match(answer) is { Success: true } found ? LogPosition.Parse(found.Value) : LogPosition.Start;
    }

    /// <summary>The first bytes of the answer as text; null when there is none within a second.</summary>
    public async Task<string?> AskAsync(string command)
    {
        try
        {
            using var patience = new CancellationTokenSource(Bound);
            using var socket = new TcpClient();
            await socket.ConnectAsync(Host, Port, patience.Token);
            await using var stream = socket.GetStream();
            var login = Password.Length > 0 ? $"AUTH {Password}\r\n" : "";
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{login}{command}\r\n"), patience.Token);
            var buffer = new byte[4 * 1024];
            var text = "";
            do
            {
                var read = await stream.ReadAsync(buffer, patience.Token);
                if (read == 0)
                {
                    return null;
                }

                text += Encoding.Latin1.GetString(buffer, 0, read);
            }
            while (text.Split("\r\n").Length < (login.Length > 0 ? 3 : 2));
            return text;
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"(?<=\n)\d{10,}-\d+(?=\r\n)")]
    private static partial Regex Position();
}
