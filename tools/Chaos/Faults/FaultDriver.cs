using System.Diagnostics;
using CommandCenter.Chaos.Center;
using CommandCenter.Chaos.Walls;
using CommandCenter.Positions.Log;
using Npgsql;

namespace CommandCenter.Chaos.Faults;

/// <summary>How one fault passed. Times are null where the fault has no such moment.</summary>
/// <param name="Fault">What was done.</param>
/// <param name="Spell">How long it was stopped.</param>
/// <param name="BackAfter">From the end of the fault until the part answered again: a restarted server ready, Redis its PING, PostgreSQL a query.</param>
/// <param name="AnsweredAfter">From then until the probe phone was answered.</param>
/// <param name="CaughtUpAfter">From then until the writer had stored all that the log held.</param>
/// <param name="Outage">The longest the probe phone went without an answer.</param>
/// <param name="Walls">What the walls said meanwhile.</param>
/// <param name="WallsOwnedUp">Every wall said at least this outage, less the margin of its pace.</param>
public sealed record FaultResult(
    Fault Fault, TimeSpan? Spell, TimeSpan BackAfter, TimeSpan AnsweredAfter, TimeSpan? CaughtUpAfter, TimeSpan Outage, WallWords Walls, bool WallsOwnedUp);

/// <summary>Does one fault at a time to a center and measures how it passes, without helping it, except that a killed server is started again.</summary>
public sealed class FaultDriver(CenterProcess center, AnswerWatch answers, WallWatch walls)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    // Ages are whole seconds, rounded down, and a frame comes four times a second: what is shorter need not show.
    private static readonly TimeSpan WallMargin = TimeSpan.FromSeconds(1.5);

    /// <param name="fault">What to do.</param>
    /// <param name="spell">How long a stop lasts.</param>
    /// <param name="cancellationToken">Cancels between the fault's steps, never between a stop and its end.</param>
    /// <exception cref="TimeoutException">It did not pass within two minutes.</exception>
    public async Task<FaultResult> DoAsync(Fault fault, TimeSpan spell, CancellationToken cancellationToken)
    {
        walls.Take();
        answers.TakeLongest();
        var isStop = fault is Fault.ServerStop or Fault.RedisStop or Fault.PostgresStop;
        await StrikeAsync(fault, spell, cancellationToken);
        var ended = Stopwatch.GetTimestamp();
        await UntilBackAsync(fault, cancellationToken);
        var back = Stopwatch.GetTimestamp();
        var answered = await answers.NextAsync().WaitAsync(Patience, cancellationToken);
        TimeSpan? caughtUp = fault is Fault.PostgresKill or Fault.PostgresStop or Fault.AllKill ? await UntilCaughtUpAsync(back, cancellationToken) : null;

        // One more answer closes the gap that the fault opened.
        await answers.NextAsync().WaitAsync(Patience, cancellationToken);
        await Task.Delay(500, cancellationToken);
        var (outage, words) = (answers.TakeLongest(), walls.Take());
        return new FaultResult(
            fault,
            isStop ? spell : null,
            Stopwatch.GetElapsedTime(ended, back),
            Stopwatch.GetElapsedTime(back, answered),
            caughtUp,
            outage,
            words,
            words.AllSaid(outage - WallMargin));
    }

    /// <summary>Until everything that the log holds now is stored; how long that took since <paramref name="since"/>.</summary>
    public async Task<TimeSpan> UntilCaughtUpAsync(long since, CancellationToken cancellationToken)
    {
        LogPosition? end = null;
        await UntilAsync(async () => (end = await center.Redis.LogEndAsync()) is not null, "the log's end", cancellationToken);
        await UntilAsync(async () => await StoredToAsync(cancellationToken) >= end, "the writer to catch up", cancellationToken);
        return Stopwatch.GetElapsedTime(since);
    }

    private async Task StrikeAsync(Fault fault, TimeSpan spell, CancellationToken cancellationToken)
    {
        var own = center.Place.HasOwnBackends ? center.Services : null;
        switch (fault)
        {
            case Fault.ServerKill:
                await center.KillAsync();
                await center.LaunchAsync();
                break;
            case Fault.AllKill:
                Processes.Kill(own!.Postgres!.Pid);
                Processes.Kill(own.Redis!.Pid);
                await center.KillAsync();
                await center.LaunchAsync();
                break;
            case Fault.RedisKill:
                Processes.Kill(own!.Redis!.Pid);
                break;
            case Fault.PostgresKill:
                Processes.Kill(own!.Postgres!.Pid);
                break;
            case Fault.ServerStop:
                Processes.StopOne(center.ProcessId);
                await Task.Delay(spell, CancellationToken.None);
                Processes.ContinueOne(center.ProcessId);
                break;
            case Fault.RedisStop:
                Processes.StopFamily(own!.Redis!.Pid);
                await Task.Delay(spell, CancellationToken.None);
                Processes.ContinueFamily(own.Redis.Pid);
                break;
            default:
                Processes.StopFamily(own!.Postgres!.Pid);
                await Task.Delay(spell, CancellationToken.None);
                Processes.ContinueFamily(own.Postgres.Pid);
                break;
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private Task UntilBackAsync(Fault fault, CancellationToken cancellationToken) => fault switch
    {
        Fault.ServerKill or Fault.AllKill => center.UntilReadyAsync(cancellationToken),
        Fault.RedisKill or Fault.RedisStop => UntilAsync(() => center.Redis.AnswersAsync(), "Redis", cancellationToken),
        Fault.PostgresKill or Fault.PostgresStop => UntilAsync(async () => await StoredToAsync(cancellationToken) is not null, "PostgreSQL", cancellationToken),
        _ => Task.CompletedTask,
    };

    /// <summary>Null while PostgreSQL is away.</summary>
    private async Task<LogPosition?> StoredToAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(center.PostgresConnection);
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("select position from track_positions where partition = 0", connection);
            return LogPosition.Parse((string?)await command.ExecuteScalarAsync(cancellationToken) ?? "0-0");
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, string what, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > Patience)
            {
                throw new TimeoutException($"Waited {Patience.TotalSeconds} s for {what}.");
            }

            await Task.Delay(Poll, cancellationToken);
        }
    }
}
