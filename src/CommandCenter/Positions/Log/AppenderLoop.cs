namespace CommandCenter.Positions.Log;

/// <summary>Keeps one append loop a partition running while the server does.</summary>
public sealed class AppenderLoop(PositionLog log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(log.Partitions.Select(partition => partition.RunAsync(stoppingToken)));
}
