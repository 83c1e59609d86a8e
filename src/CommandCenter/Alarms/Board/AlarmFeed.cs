using CommandCenter.Alarms.Ledger;
using CommandCenter.Alarms.Log;
using CommandCenter.Positions.Log;
using CommandCenter.Storage;
using Microsoft.Extensions.Options;

namespace CommandCenter.Alarms.Board;

/// <summary>
/// Keeps the board current: at start from PostgreSQL and the log's tail, before the server says ready; then from the log, woken by each append and looking once a second
/// anyway. Steps that a node wrote straight into PostgreSQL, for want of Redis, are looked for there.
/// </summary>
public sealed partial class AlarmFeed : BackgroundService, IStartupStep
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly AlarmBoard _board;
    private readonly AlarmLogReader _log;
    private readonly AlarmReads _reads;
    private readonly LedgerStore _ledger;
    private readonly RedisConnection _redis;
    private readonly TimeProvider _time;
    private readonly AlarmOptions _options;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly TaskCompletionSource _built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LogPosition _position;
    private long _readAt;
    private bool _redisAway;
    private bool _postgresAway;
    private bool _mustReload;

    /// <summary>Place in the log of the last step whose alarm was not known; once the store has it, so has the board. Start: there is none.</summary>
    private LogPosition _lackingTo = LogPosition.Start;

    public AlarmFeed(
        AlarmBoard board, AlarmLogReader log, AlarmReads reads, LedgerStore ledger, RedisConnection redis, TimeProvider time, IOptions<AlarmOptions> options, ILogger<AlarmFeed> logger)
    {
        (_board, _log, _reads, _ledger, _redis, _time, _options, _logger) = (board, log, reads, ledger, redis, time, options.Value, logger);
        redis.Subscribe(RedisKeys.AlarmWake, Wake);
    }

    public int Order => 310;

    public string Name => "alarms";

    /// <summary>Completes once the board is what it should be.</summary>
    public Task Built => _built.Task;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await ReloadAsync(cancellationToken);
        while (await ReadAsync(cancellationToken) > 0)
        {
        }

        _built.TrySetResult();
    }

    /// <summary>Returns once what stands at a place of the log is on the board.</summary>
    /// <exception cref="RedisAwayException">Redis is away.</exception>
    public async Task CatchUpAsync(LogPosition position, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            while (_position < position && await ReadOnceAsync(cancellationToken) > 0)
            {
            }
        }
        finally
        {
            _reading.Release();
        }
    }

    public override void Dispose()
    {
        _reading.Dispose();
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _built.Task.WaitAsync(stoppingToken);
        await Task.WhenAll(FollowLogAsync(stoppingToken), FollowStoreAsync(stoppingToken));
    }

    private async Task FollowLogAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await ReadAsync(stoppingToken) > 0)
                {
                }

                Say(ref _redisAway, false, null);
                if (_mustReload)
                {
                    await ReloadAsync(stoppingToken);
                    _mustReload = false;
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it is, what was not read is read at the next look: this loop must not end.
                Say(ref _redisAway, e is RedisAwayException || _redisAway, e.Message);
            }

            await ((Task)_wake.WaitAsync(Poll, stoppingToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>What nodes wrote straight into PostgreSQL: also while this one has Redis, for another may not.</summary>
    private async Task FollowStoreAsync(CancellationToken stoppingToken)
    {
        // Commits come out of order by some seconds, so each look goes back further than the one before; a step known already changes nothing.
        var overlap = TimeSpan.FromSeconds(15);
        var since = _time.GetUtcNow().UtcDateTime - overlap;
        for (var look = 0; !stoppingToken.IsCancellationRequested; look++)
        {
            try
            {
                foreach (var (step, storedAt) in await _reads.DirectSinceAsync(since - overlap, stoppingToken))
                {
                    _board.Apply([step]);
                    since = storedAt > since ? storedAt : since;
                }

                if (look % 10 == 0)
                {
                    _board.Stored(LogPosition.Parse(await _ledger.ReadPositionAsync(stoppingToken)));
                    _board.Forget(_time.GetUtcNow().AddMinutes(-_options.RememberClosedMinutes).ToUnixTimeMilliseconds());
                }

                if (_lackingTo is var lacking && lacking > LogPosition.Start && LogPosition.Parse(await _ledger.ReadPositionAsync(stoppingToken)) >= lacking)
                {
                    await LoadAsync(stoppingToken);
                    _lackingTo = _lackingTo == lacking ? LogPosition.Start : _lackingTo;
                }

                Say(ref _postgresAway, false, null);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Say(ref _postgresAway, BackendAway.Means(e) || _postgresAway, e.Message);
            }

            await Task.Delay(Poll, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReloadAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            // The place first: what is written between the two reads is met again in the log, and known.
            var stored = LogPosition.Parse(await _ledger.ReadPositionAsync(cancellationToken));
            await LoadAsync(cancellationToken);
            _position = stored > _position ? stored : _position;
            _readAt = _time.GetTimestamp();
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken) => _board.Load(await _reads.CurrentAsync(
        _time.GetUtcNow().AddMinutes(-_options.RememberClosedMinutes).ToUnixTimeMilliseconds(), cancellationToken));

    private async Task<int> ReadAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            return await ReadOnceAsync(cancellationToken);
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<int> ReadOnceAsync(CancellationToken cancellationToken)
    {
        // Held up so long that the log may have been trimmed past this reader: what is there is read, and the store asked for the rest.
        _mustReload |= _time.GetElapsedTime(_readAt).TotalMinutes > _options.LogMarginMinutes / 2.0;
        var asks = true;
        var entries = await _log.ReadAsync(_position, cancellationToken);
        foreach (var (position, step) in entries)
        {
            if (step is not null)
            {
                if (step.Step != AlarmStep.Raised && _board.Find(step.Alarm) is null)
                {
                    // One that hangs is asked once: the alarms behind it must not wait.
                    asks = asks && await KnowAsync(step, cancellationToken);
                    _lackingTo = asks ? _lackingTo : position;
                }

                _board.Apply([step], position);
            }

            _position = position;
        }

        _readAt = _time.GetTimestamp();
        return entries.Count;
    }

    /// <summary>A step of an alarm that was closed so long ago that it is on the board no more. False: it cannot be asked for now.</summary>
    private async Task<bool> KnowAsync(AlarmEvent step, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(Poll);
        try
        {
            _board.Load(await _reads.FindAsync([step.Alarm], bound.Token));
            return true;
        }
        catch (Exception e) when (BackendAway.Means(e) || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private void Wake()
    {
        try
        {
            if (_wake.CurrentCount == 0)
            {
                _wake.Release();
            }
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // It was woken in the same moment, or nobody reads any more.
        }
    }

    private void Say(ref bool away, bool now, string? error)
    {
        if (error is not null && !away)
        {
            LogTrouble(error);
        }

        away = now;
        _board.SetAway(_redisAway ? "redis" : _postgresAway ? "postgres" : "");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Alarms of other nodes cannot be read for now: {Error}")]
    private partial void LogTrouble(string error);
}
