using CommandCenter.Alarms.Log;
using CommandCenter.Positions.Log;
using CommandCenter.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Alarms.Ledger;

/// <summary>
/// Writes the alarms' log through into PostgreSQL. Every node tries; the steps and the new place of the log are one transaction that begins by moving the place, so that of two
/// the second finds it moved and begins anew from there.
/// </summary>
public sealed partial class AlarmWriter : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    private readonly LedgerStore _store;
    private readonly AlarmLogReader _log;
    private readonly SchemaMigrations _schema;
    private readonly TimeProvider _time;
    private readonly AlarmOptions _options;
    private readonly ILogger _logger;
    private long _trimmedAt;
    private bool _interrupted;

    public AlarmWriter(LedgerStore store, AlarmLogReader log, SchemaMigrations schema, TimeProvider time, IOptions<AlarmOptions> options, ILogger<AlarmWriter> logger)
    {
        (_store, _log, _schema, _time, _options, _logger) = (store, log, schema, time, options.Value, logger);
        _trimmedAt = time.GetTimestamp();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _schema.WhenAppliedAsync(stoppingToken);
        LogPosition? reached = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var from = reached ?? LogPosition.Parse(await _store.ReadPositionAsync(stoppingToken));
                (reached, var more) = await WriteAsync(from, stoppingToken);
                if (more)
                {
                    continue;
                }

                await TrimAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it is, the log holds the steps: they are tried again.
                reached = null;
                Say(e.Message);
            }

            await Task.Delay(Poll, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The place reached, null when another node moved it; and whether there may be more.</summary>
    private async Task<(LogPosition? Position, bool More)> WriteAsync(LogPosition from, CancellationToken cancellationToken)
    {
        var entries = await _log.ReadAsync(from, cancellationToken);
        if (entries.Count == 0)
        {
            return (from, false);
        }

        foreach (var (position, _) in entries.Where(entry => entry.Step is null))
        {
            LogPoisoned(position.ToString());
            await _log.SetAsideAsync(position, cancellationToken);
        }

        if (!await WriteAsync(from, entries, cancellationToken))
        {
            return (null, true);
        }

        if (_interrupted)
        {
            _interrupted = false;
            LogGoesOn();
        }

        return (entries[^1].Position, true);
    }

    private async Task<bool> WriteAsync(LogPosition from, IReadOnlyList<(LogPosition Position, AlarmEvent? Step)> entries, CancellationToken cancellationToken)
    {
        try
        {
            var steps = entries.Select(entry => entry.Step).OfType<AlarmEvent>().ToList();
            return await _store.WriteThroughAsync(from.ToString(), entries[^1].Position.ToString(), steps, cancellationToken);
        }
        catch (PostgresException refusal) when (!BackendAway.Means(refusal))
        {
            if (entries.Count > 1)
            {
                // One of them would be refused for ever: it must not hold up the others.
                return await WriteAsync(from, [entries[0]], cancellationToken) && await WriteAsync(entries[0].Position, [.. entries.Skip(1)], cancellationToken);
            }

            LogRefused(entries[0].Position.ToString(), refusal.MessageText);
            await _log.SetAsideAsync(entries[0].Position, cancellationToken);
            return await _store.WriteThroughAsync(from.ToString(), entries[0].Position.ToString(), [], cancellationToken);
        }
    }

    private async Task TrimAsync(CancellationToken cancellationToken)
    {
        if (_time.GetElapsedTime(_trimmedAt).TotalSeconds < _options.TrimSeconds)
        {
            return;
        }

        _trimmedAt = _time.GetTimestamp();
        var stored = LogPosition.Parse(await _store.ReadPositionAsync(cancellationToken));
        var margin = new LogPosition((ulong)Math.Max(0, _time.GetUtcNow().AddMinutes(-_options.LogMarginMinutes).ToUnixTimeMilliseconds()), 0);
        await _log.TrimAsync(KeepFrom(stored, margin), cancellationToken);
    }

    /// <summary>What is stored and past the margin may go, the last one that is stored, too; the place of what is written next does not hang on it.</summary>
    internal static LogPosition KeepFrom(LogPosition stored, LogPosition margin) => stored < margin ? stored with { Sequence = stored.Sequence + 1 } : margin;

    private void Say(string error)
    {
        if (!_interrupted)
        {
            LogInterrupted(error);
        }

        _interrupted = true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Writing the alarms' ledgers is interrupted, the log holds them meanwhile: {Error}")]
    private partial void LogInterrupted(string error);

    [LoggerMessage(Level = LogLevel.Information, Message = "Writing the alarms' ledgers goes on")]
    private partial void LogGoesOn();

    [LoggerMessage(Level = LogLevel.Error, Message = "PostgreSQL refuses entry {Position} of the alarms' log for good; it was set aside: {Error}")]
    private partial void LogRefused(string position, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Entry {Position} of the alarms' log is no step and was set aside")]
    private partial void LogPoisoned(string position);
}
