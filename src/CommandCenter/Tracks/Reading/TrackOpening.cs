using System.Runtime.CompilerServices;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Contracts.Wall;

namespace CommandCenter.Tracks.Reading;

/// <summary>A request that was granted and audited: its answer. Dispose it, whether it was read or not, so that another may come in.</summary>
public sealed class TrackOpening : IDisposable
{
    /// <summary>Stored parts one statement asks for at most, so that none stays open for long.</summary>
    private const int PartsAStatement = 8_000;

    private readonly TrackPartStore _store;
    private readonly TrackNewest _newest;
    private readonly int[] _workerIds;
    private readonly Func<int, WallName> _nameOf;
    private readonly IDisposable _place;
    private readonly Action<TrackPart> _damaged;

    internal TrackOpening(
        TrackPartStore store,
        TrackNewest newest,
        IEnumerable<int> workerIds,
        Func<int, WallName> nameOf,
        long fromMs,
        long toMs,
        long completeMs,
        int outside,
        IDisposable place,
        Action<TrackPart>? damaged = null,
        int unreadable = 0)
    {
        _store = store;
        _newest = newest;
        _workerIds = [.. workerIds.Order()];
        _nameOf = nameOf;
        _place = place;
        _damaged = damaged ?? (_ => { });
        (FromMs, ToMs, CompleteMs, Outside, Unreadable) = (fromMs, toMs, completeMs, outside, unreadable);
    }

    public long FromMs { get; }

    public long ToMs { get; }

    /// <summary>All that phones were answered for before it is in the answer; ms since 1970 UTC.</summary>
    public long CompleteMs { get; }

    /// <summary>Workers left out because their home is not the viewer's.</summary>
    public int Outside { get; }

    /// <summary>Stored parts that could not be read while it was looked for who was there.</summary>
    public int Unreadable { get; }

    /// <summary>The tracks, hour by hour and within an hour by worker; the last chunk has the end.</summary>
    public IAsyncEnumerable<TrackChunk> ChunksAsync(CancellationToken cancellationToken) => ChunksAsync(_damaged, cancellationToken);

    /// <summary>The same, for whoever reads twice: what is damaged is told of by the other reading, once.</summary>
    public IAsyncEnumerable<TrackChunk> LookAheadAsync(CancellationToken cancellationToken) => ChunksAsync(_ => { }, cancellationToken);

    public void Dispose() => _place.Dispose();

    private async IAsyncEnumerable<TrackChunk> ChunksAsync(Action<TrackPart> damaged, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chunks = new TrackChunks(_nameOf);
        var unreadable = Unreadable;
        var merge = new TrackMerge(FromMs, ToMs, part =>
        {
            unreadable++;
            damaged(part);
        });
        var made = new List<(byte[] Body, int Fixes)>();
        await foreach (var (hourMs, workerId, parts) in HoursAsync(cancellationToken))
        {
            made.Clear();
            merge.Give(parts, _newest.Of(hourMs, workerId), (body, fixes) => made.Add((body, fixes)));
            foreach (var (body, fixes) in made)
            {
                if (!chunks.HasRoomFor(body.Length))
                {
                    yield return chunks.Take(Math.Max(FromMs, hourMs));
                }

                chunks.Add(workerId, body, fixes);
            }
        }

        yield return chunks.Take(ToMs, new TrackEnd { Complete = CompleteMs, Workers = chunks.Workers, Fixes = chunks.Fixes, Outside = Outside, Unreadable = unreadable });
    }

    /// <summary>What is stored of each worker's hour, in that order, and those hours of which only the log knows, where they belong. The list is used again.</summary>
    private async IAsyncEnumerable<(long HourMs, int WorkerId, IReadOnlyList<TrackPart> Parts)> HoursAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var unstored = _newest.Keys.GetEnumerator();
        var more = unstored.MoveNext();
        var parts = new List<TrackPart>();
        var hoursAStatement = Math.Max(1, PartsAStatement / Math.Max(1, _workerIds.Length));
        foreach (var hours in TrackPiece.HoursOf(FromMs, ToMs).Chunk(hoursAStatement))
        {
            await foreach (var part in _store.PartsAsync(_workerIds, hours, FromMs, ToMs, cancellationToken))
            {
                if (parts.Count > 0 && Key(parts[0]) != Key(part))
                {
                    yield return (parts[0].HourMs, parts[0].WorkerId, parts);
                    parts.Clear();
                }

                if (parts.Count == 0)
                {
                    for (; more && unstored.Current.CompareTo(Key(part)) <= 0; more = unstored.MoveNext())
                    {
                        if (unstored.Current != Key(part))
                        {
                            yield return (unstored.Current.HourMs, unstored.Current.WorkerId, []);
                        }
                    }
                }

                parts.Add(part);
            }

            if (parts.Count > 0)
            {
                yield return (parts[0].HourMs, parts[0].WorkerId, parts);
                parts.Clear();
            }
        }

        for (; more; more = unstored.MoveNext())
        {
            yield return (unstored.Current.HourMs, unstored.Current.WorkerId, []);
        }
    }

    private static (long HourMs, int WorkerId) Key(in TrackPart part) => (part.HourMs, part.WorkerId);
}
