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

    /// <summary>Gives back the room, millions of bytes after a large read.</summary>
    internal void Forget()
    {
        Reopen(LogPosition.Start);
        Fixes.Capacity = 0;
    }

    internal LogRead Reopen(LogPosition after)
    {
        Fixes.Clear();
        Entries.Clear();
        Poisoned.Clear();
        (Position, EntryCount) = (after, 0);
        return this;
    }

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
/// Reads one partition of the log from a position on: each reader has its own, none can slow another. It asks again after a pause and is told of
/// nothing: at two thousand appends a second, waking for each cost more than all the rest of a fix.
/// </summary>
public sealed class LogTail(RedisConnection redis, int partition, TimeSpan poll, int entriesARead = 64)
{
    /// <summary>Millions of bytes at full load, so it is used again.</summary>
    private readonly LogRead _read = new();

    /// <summary>As many as one read gives at most: fewer mean that the end was reached.</summary>
    public int EntriesARead => entriesARead;

    /// <summary>Entries after <paramref name="after"/>, none when there are none yet; to be used up before the next read.</summary>
    /// <exception cref="RedisAwayException">Redis is away.</exception>
    public async Task<LogRead> ReadAsync(LogPosition after, CancellationToken cancellationToken)
    {
        var reply = await redis.CallAsync(
            database => database.ExecuteAsync(
                "XRANGE", RedisKeys.PositionLog(partition), "(" + after, "+", "COUNT", entriesARead),
            cancellationToken);
        var read = _read.Reopen(after);
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
        var reply = await redis.CallAsync(
            database => database.ExecuteAsync("XREVRANGE", RedisKeys.PositionLog(partition), "+", "-", "COUNT", 1), cancellationToken);
        var entries = (RedisResult[])reply!;
        return entries.Length == 0 ? LogPosition.Start : LogPosition.Parse((string)((RedisResult[])entries[0]!)[0]!);
    }

    /// <summary>For who reads seldom: the room of the last read is given back, which must have been used up.</summary>
    public void Forget() => _read.Forget();

    /// <summary>The pause between two reads that reached the end.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => Task.Delay(poll, cancellationToken);
}
