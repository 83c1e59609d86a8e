using CommandCenter.Storage;
using CommandCenter.Tracks;

namespace CommandCenter.Positions.Log;

/// <summary>
/// The end of one partition of the log that tracks do not hold yet, decoded once for all who read tracks at about the same time: each read takes only what came since
/// the last one, and lets go of what was stored.
/// </summary>
internal sealed class UnstoredFixes(LogTail tail, TrackStore store, int partition, int mostFixes) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>A timer forgets: one that rings while the server ends must not find half of it gone, an exception there ends the process.</summary>
    private readonly Lock _ending = new();
    private readonly Queue<(LogPosition End, Fix[] Fixes)> _read = [];
    private LogPosition _end = LogPosition.Start;
    private int _count;
    private bool _ended;

    /// <summary>The stored position at which more than may be held was found behind it; it stays too much until the writer has moved on.</summary>
    private LogPosition? _tooMuchAt;

    /// <summary>All fixes behind the stored position, in the order they came, and perhaps some before it.</summary>
    /// <exception cref="RedisAwayException">Redis is away, or more is not stored than may be held.</exception>
    public async Task<Fix[][]> ReadAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var stored = LogPosition.Parse(await store.FindPositionAsync(partition, cancellationToken));
            if (stored == _tooMuchAt)
            {
                throw TooMuch();
            }

            _tooMuchAt = null;
            ForgetUntil(stored);
            LogRead read;
            do
            {
                read = await tail.ReadAsync(_end, cancellationToken);
                Keep(read, stored);
            }
            while (read.EntryCount == tail.EntriesARead);
            return [.. _read.Select(part => part.Fixes)];
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Gives the memory back; the next read begins at the stored position. Skipped while somebody reads.</summary>
    public void Forget()
    {
        lock (_ending)
        {
            if (!_ended && _turn.Wait(0))
            {
                ForgetAll();
                _turn.Release();
            }
        }
    }

    public void Dispose()
    {
        lock (_ending)
        {
            _ended = true;
            _turn.Dispose();
        }
    }

    private void ForgetUntil(LogPosition stored)
    {
        while (_read.TryPeek(out var oldest) && oldest.End <= stored)
        {
            _count -= _read.Dequeue().Fixes.Length;
        }

        _end = _end < stored ? stored : _end;
    }

    private void Keep(LogRead read, LogPosition stored)
    {
        if (read.EntryCount == 0)
        {
            return;
        }

        var fixes = read.Fixes.FindAll(fix => !fix.IsHeartbeat).ToArray();
        _count += fixes.Length;
        _read.Enqueue((read.Position, fixes));
        _end = read.Position;
        if (_count > mostFixes)
        {
            ForgetAll();
            _tooMuchAt = stored;
            throw TooMuch();
        }
    }

    private RedisAwayException TooMuch() => new(
        $"Partition {partition} of the log holds more than {mostFixes} fixes that are not stored yet (PositionLog:UnstoredFixes): tracks cannot be read until the track writer has caught up.");

    private void ForgetAll()
    {
        tail.Forget();
        _read.Clear();
        _count = 0;
        _end = LogPosition.Start;
    }
}
