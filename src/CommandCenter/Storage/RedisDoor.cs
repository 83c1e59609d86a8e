using StackExchange.Redis;

namespace CommandCenter.Storage;

/// <summary>Opens and closes multiplexers: the settings that StackExchange.Redis 1.2.6 needs to fail fast stand here alone.</summary>
internal sealed class RedisDoor(string connectionString, TimeSpan bound)
{
    /// <summary>A multiplexer whose Redis answered PING: one that still loads its file refuses.</summary>
    public async Task<ConnectionMultiplexer> OpenAsync(CancellationToken cancellationToken)
    {
        var options = ConfigurationOptions.Parse(connectionString);
        options.AbortOnConnectFail = true;
        options.ConnectRetry = 1;
        options.ConnectTimeout = options.SyncTimeout = (int)bound.TotalMilliseconds;
        options.ClientName ??= "commandcenter";

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

    /// <summary>Without waiting for what is under way, which on a stopped Redis would not end.</summary>
    public static void Close(ConnectionMultiplexer multiplexer)
    {
        multiplexer.Close(allowCommandsToComplete: false);
        multiplexer.Dispose();
    }
}
