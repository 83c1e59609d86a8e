using CommandCenter.Alarms.Board;
using CommandCenter.Alarms.Ledger;
using CommandCenter.Positions.Log;
using CommandCenter.Storage;
using StackExchange.Redis;

namespace CommandCenter.Alarms.Log;

/// <summary>
/// Where every step of every alarm goes first: once <see cref="AppendAsync"/> returns it is durable and on this node's board. With Redis away it goes straight into PostgreSQL;
/// a step that reached Redis without an answer is then in both, and is one by its id.
/// </summary>
public sealed partial class AlarmLog(RedisConnection redis, LedgerStore ledger, AlarmBoard board, AlarmFeed feed, ILogger<AlarmLog> logger)
{
    private static readonly TimeSpan StoreBound = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan BoardBound = TimeSpan.FromSeconds(1);

    /// <exception cref="RedisAwayException">Neither Redis nor PostgreSQL could take it: it may or may not be there.</exception>
    public async Task AppendAsync(IReadOnlyList<AlarmEvent> steps, CancellationToken cancellationToken)
    {
        LogPosition last;
        try
        {
            last = await AddAsync(steps, cancellationToken);
        }
        catch (RedisAwayException away)
        {
            await StoreAsync(steps, away, cancellationToken);
            return;
        }

        try
        {
            await feed.CatchUpAsync(last, cancellationToken).WaitAsync(BoardBound, cancellationToken);
        }
        catch (Exception e) when (e is RedisAwayException or TimeoutException || BackendAway.Means(e))
        {
            // It is durable, which is what was promised; the board follows when Redis is there again.
            board.Apply(steps, last);
        }
    }

    private Task<LogPosition> AddAsync(IReadOnlyList<AlarmEvent> steps, CancellationToken cancellationToken) => redis.CallAsync(
        async database =>
        {
            var added = steps.Select(step => database.ExecuteAsync("XADD", RedisKeys.AlarmLog, "*", "e", step.ToJson())).ToList();
            _ = database.PublishAsync(RedisKeys.AlarmWake, "", CommandFlags.FireAndForget);
            return LogPosition.Parse((string)(await Task.WhenAll(added))[^1]!);
        },
        cancellationToken);

    private async Task StoreAsync(IReadOnlyList<AlarmEvent> steps, RedisAwayException away, CancellationToken cancellationToken)
    {
        LogDirect(steps.Count, away.Message);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(StoreBound);
        try
        {
            // What this node knows of these alarms may lie in the Redis that is away, and in nothing else.
            await ledger.WriteDirectlyAsync([.. steps.Select(step => step.Alarm).Distinct().SelectMany(board.TailOf), .. steps], bound.Token);
        }
        catch (Exception e) when (BackendAway.Means(e) || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new RedisAwayException("Neither Redis nor PostgreSQL can take an alarm's step.", e);
        }

        board.Apply(steps);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} steps of alarms go straight into PostgreSQL: {Error}")]
    private partial void LogDirect(int count, string error);
}
