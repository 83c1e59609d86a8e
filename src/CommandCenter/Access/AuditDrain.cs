using CommandCenter.Storage;

namespace CommandCenter.Access;

/// <summary>Brings the rows that waited in Redis onto the trail once PostgreSQL is there again.</summary>
public sealed partial class AuditDrain(AuditSpool spool, AuditStore audit, TimeProvider time, ILogger<AuditDrain> logger) : BackgroundService
{
    private const int RowsATime = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var rows = await spool.OldestAsync(RowsATime, stoppingToken);
                foreach (var (id, row) in rows)
                {
                    await audit.InsertAsync(row, id, stoppingToken);
                    await spool.RemoveAsync(id, stoppingToken);
                }

                if (rows.Count > 0)
                {
                    LogDrained(rows.Count);
                }
            }
            catch (Exception e) when (BackendAway.Means(e))
            {
                LogWaiting(e.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Rows} audit rows written that waited in Redis")]
    private partial void LogDrained(int rows);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Audit rows wait in Redis: {Error}")]
    private partial void LogWaiting(string error);
}
