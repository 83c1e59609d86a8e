using CommandCenter.Storage;
using Npgsql;

namespace CommandCenter.Access;

/// <summary>Brings the rows that waited in Redis onto the trail once PostgreSQL is there again.</summary>
public sealed partial class AuditDrain(
    AuditSpool spool, AuditStore audit, SchemaMigrations schema, TimeProvider time, ILogger<AuditDrain> logger) : BackgroundService
{
    private const int RowsATime = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WhenAppliedAsync(stoppingToken);
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var rows = await spool.OldestAsync(RowsATime, stoppingToken);
                AuditGauge.Set(rows.Count < RowsATime ? rows.Count : await spool.LengthAsync(stoppingToken));
                foreach (var (id, row) in rows)
                {
                    await DrainAsync(id, row, stoppingToken);
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

    /// <summary>A row that can never be written stays aside in Redis and is reported; it must not hold up the others.</summary>
    private async Task DrainAsync(string id, SpooledAuditRow? row, CancellationToken cancellationToken)
    {
        try
        {
            if (row is null)
            {
                throw new InvalidDataException("it is no audit row");
            }

            await audit.InsertAsync(row, id, cancellationToken);
            await spool.RemoveAsync(id, cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or PostgresException && !BackendAway.Means(e))
        {
            LogPoisoned(id, e.Message);
            await spool.SetAsideAsync(id, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Audit row {Id} cannot be written and was set aside: {Error}")]
    private partial void LogPoisoned(string id, string error);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Rows} audit rows written that waited in Redis")]
    private partial void LogDrained(int rows);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Audit rows wait in Redis: {Error}")]
    private partial void LogWaiting(string error);
}
