using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Positions.Refusals;

/// <summary>Brings the refusal log to PostgreSQL every few seconds and once more when the server stops. While PostgreSQL is away counts wait.</summary>
public sealed partial class RefusalFlush(
    RefusalLog refusals,
    RefusalStore store,
    IOptions<PositionOptions> options,
    TimeProvider time,
    ILogger<RefusalFlush> log) : BackgroundService
{
    private static readonly TimeSpan LastFlushBound = TimeSpan.FromSeconds(3);

    private bool _failing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.RefusalFlushSeconds), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await FlushAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            using var bound = new CancellationTokenSource(LastFlushBound, time);
            await FlushAsync(bound.Token);
        }
    }

    internal async Task FlushAsync(CancellationToken cancellationToken)
    {
        var batch = refusals.Drain();
        if (batch.IsEmpty)
        {
            return;
        }

        try
        {
            await store.AddAsync(batch, cancellationToken);
            _failing = false;
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            refusals.Return(batch);
            if (!_failing)
            {
                _failing = true;
                Waiting(log, error.Message, refusals.Lost);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Refusal counts wait for PostgreSQL: {Reason} ({Lost} found no room so far).")]
    private static partial void Waiting(ILogger logger, string reason, long lost);
}
