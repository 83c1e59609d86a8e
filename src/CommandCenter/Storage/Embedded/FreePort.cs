using System.Net;
using System.Net.Sockets;

namespace CommandCenter.Storage.Embedded;

/// <summary>
/// Ports below the range from which Linux takes the near ends of outgoing connections: a client that keeps calling a dead child's port
/// must not be given that very port and so connect to itself, nor may any other connection take it while the child restarts.
/// </summary>
internal static class FreePort
{
    private const int Lowest = 20_000;
    private const int BelowEphemeral = 32_768;

    public static int Find()
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var port = Random.Shared.Next(Lowest, BelowEphemeral);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Taken: another one.
            }
        }

        throw new StartupRefusedException(ExitCode.Failed, $"No free port was found on 127.0.0.1 between {Lowest} and {BelowEphemeral}.");
    }
}
