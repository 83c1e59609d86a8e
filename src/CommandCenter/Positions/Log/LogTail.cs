using CommandCenter.Storage;
using CommandCenter.Tracks;
using StackExchange.Redis;

namespace CommandCenter.Positions.Log;

/// <summary>What one read of the log gave: fixes of the entries, when each was received, and the position after the last.</summary>
public sealed class LogRead
{
    public List<Fix> Fixes { get; } = [];

    /// <summary>For each entry: index of its first fix in <see cref="Fixes"/> and when it was received, ms since 1970 UTC.</summary>
    public List<(int From, long ReceivedAtMs)> Entries { get; } = [];

    /// <summary>Entries that are no batch: their position, bytes and what is wrong.</summary>
    public List<(LogPosition Position, byte[] Body, string Reason)> Poisoned { get; } = [];

    public LogPosition Position { get; set; }

    public int EntryCount { get; set; }

    /// <summary>Calls back for every entry's fixes with the time of receipt.</summary>
    public void ForEachEntry(Action<ReadOnlySpan<Fix>, long> act)
    {
        var all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Fixes);
        for (var i = 0; i < Entries.Count; i++)
        {
            var end = i + 1 < Entries.Count ? Entries[i + 1].From : all.Length;
            act(all[Entries[i].From..end], Entries[i].ReceivedAtMs);
        }
    }
}

/// <summary>
/// Reads one partition of the log from a position on: each reader has its own, none can slow another. A nudge by pub/sub wakes it in
/// about a millisecond; the poll is there for nudges that got lost.
/// </summary>
public sealed class LogTail
{
    private readonly RedisConnection _redis;
    private readonly int _partition;
    private readonly TimeSpan _poll;
    private readonly SemaphoreSlim _nudge = new(0, 1);

    public LogTail(RedisConnection redis, int partition, TimeSpan poll, int entriesARead = 64)
    {
        EntriesARead = entriesARead;
        _redis = redis;
        _partition = partition;
        _poll = poll;
        redis.Subscribe(RedisKeys.PositionNudge(partition), Wake);
    }

    /// <summary>As many as one read gives at most: fewer mean that the end was reached.</summary>
    public int EntriesARead { get; }

    /// <summary>Entries after <paramref name="after"/>, none when there are none yet.</summary>
    /// <exception cref="RedisAwayException">Redis is away.</exception>
    public async Task<LogRead> ReadAsync(LogPosition after, CancellationToken cancellationToken)
    {
        var reply = await _redis.CallAsync(
            database => database.ExecuteAsync(
                "XRANGE", RedisKeys.PositionLog(_partition), "(" + after, "+", "COUNT", EntriesARead),
            cancellationToken);
        var read = new LogRead { Position = after };
        if (reply.IsNull)
        {
            return read;
        }

        foreach (var entry in (RedisResult[])reply!)
        {
            var parts = (RedisResult[])entry!;
            var position = LogPosition.Parse((string)parts[0]!);
            var fields = (RedisResult[])parts[1]!;
            var body = fields.Length == 2 ? (byte[]?)fields[1] ?? [] : [];
            var from = read.Fixes.Count;
            try
            {
                read.Entries.Add((from, LogBatchCodec.Decode(body, read.Fixes)));
            }
            catch (InvalidDataException e)
            {
                read.Poisoned.Add((position, body, e.Message));
            }

            read.Position = position;
            read.EntryCount++;
        }

        return read;
    }

    /// <summary>The position of the newest entry; <see cref="LogPosition.Start"/> when the log is empty.</summary>
    public async Task<LogPosition> EndAsync(CancellationToken cancellationToken)
    {
        var reply = await _redis.CallAsync(
            database => database.ExecuteAsync("XREVRANGE", RedisKeys.PositionLog(_partition), "+", "-", "COUNT", 1), cancellationToken);
        var entries = (RedisResult[])reply!;
        return entries.Length == 0 ? LogPosition.Start : LogPosition.Parse((string)((RedisResult[])entries[0]!)[0]!);
    }

    /// <summary>Returns at the next append or after the poll time.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _nudge.WaitAsync(_poll, cancellationToken);

    private void Wake()
    {
        try
        {
            if (_nudge.CurrentCount == 0)
            {
                _nudge.Release();
            }
        }
        catch (SemaphoreFullException)
        {
            // Two nudges at once: one is enough.
        }
    }
}
