using StackExchange.Redis;

namespace CommandCenter.Storage;

/// <summary>Opens and closes multiplexers: the settings that StackExchange.Redis 1.2.6 needs to fail fast stand here alone.</summary>
internal sealed class RedisDoor(string connectionString, TimeSpan bound)
{
    private static readonly TimeSpan FirstPatience = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// A multiplexer whose Redis answered PING: one that still loads its file refuses. This library takes a refusal while it connects for silence, so
    /// the tries that follow a loss are short at first: one that meets a Redis that loads for a moment must not wait out the whole bound.
    /// </summary>
    /// <param name="attempt">0: not after a loss.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ConnectionMultiplexer> OpenAsync(int attempt, CancellationToken cancellationToken)
    {
        var patience = PatienceAt(attempt, bound);
        var options = ConfigurationOptions.Parse(connectionString);
        options.AbortOnConnectFail = true;
        options.ConnectRetry = 1;
        options.ConnectTimeout = (int)patience.TotalMilliseconds;
        options.SyncTimeout = (int)bound.TotalMilliseconds;
        options.ClientName ??= "commandcenter";

        // CONFIG GET of a node, which BackendDurability asks each for, counts as an administrator's to this library.
        options.AllowAdmin = true;

        var opening = ConnectionMultiplexer.ConnectAsync(options);
        ConnectionMultiplexer multiplexer;
        try
        {
            multiplexer = await opening.WaitAsync(bound * 2, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            _ = opening.ContinueWith(
                static late => { if (late.IsCompletedSuccessfully) { Close(late.Result); } else { _ = late.Exception; } },
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default);
            throw;
        }

        try
        {
            var ping = multiplexer.GetDatabase().PingAsync();
            RedisFaults.Observe(ping);
            await ping.WaitAsync(bound, cancellationToken);

            // Completions need no order among each other; ordered, one slow continuation would hold up all. (Versions 2 and 3 are always so and lack the property.)
            multiplexer.PreserveAsyncOrder = false;
            return multiplexer;
        }
        catch
        {
            Close(multiplexer);
            throw;
        }
    }

    /// <summary>How long to wait for a connection: doubled with every fourth try, so that a slow Redis is reached, too.</summary>
    internal static TimeSpan PatienceAt(int attempt, TimeSpan bound) =>
        attempt == 0 ? bound : TimeSpan.FromTicks(Math.Min(bound.Ticks, FirstPatience.Ticks << Math.Min(attempt / 4, 16)));

    /// <summary>Without waiting for what is under way, which on a stopped Redis would not end.</summary>
    public static void Close(ConnectionMultiplexer multiplexer)
    {
        multiplexer.Close(allowCommandsToComplete: false);
        multiplexer.Dispose();
    }
}
