using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CommandCenter.Workers;

namespace CommandCenter.Tracks.Exports;

/// <summary>Stretches of an export: worker by worker, in order of time within each.</summary>
internal interface IStretches
{
    IAsyncEnumerable<Stretch> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>
/// From what is stored, a day at a time, so that memory stays flat, and from the log, which is read once and before: what is stored meanwhile is then
/// seen twice, never not at all.
/// </summary>
internal sealed class TrackSource(TrackStore store, INewestFixes log, ExportRequest request, long gapMs) : IStretches
{
    private const long DayMs = 24 * 3_600_000;

    public async IAsyncEnumerable<Stretch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var newest = (await log.ReadAsync(request.Workers.Select(worker => worker.Id).ToHashSet(), request.FromMs, request.ToMs, cancellationToken))
            .ToLookup(fix => fix.WorkerId);
        foreach (var worker in request.Workers)
        {
            var cutter = new StretchCutter(worker);
            for (var from = request.FromMs; from < request.ToMs; from += DayMs)
            {
                var to = Math.Min(from + DayMs, request.ToMs);
                var fixes = await store.ReadAsync(worker.Id, from, to, cancellationToken);
                fixes.AddRange(newest[worker.Id].Where(fix => fix.FixTimeMs >= from && fix.FixTimeMs < to));
                FixOrder.SortAndDeduplicate(fixes);
                foreach (var stretch in cutter.Add(fixes, gapMs))
                {
                    yield return stretch;
                }
            }

            foreach (var stretch in cutter.End())
            {
                yield return stretch;
            }
        }
    }
}

/// <summary>
/// Stretches set down once and read several times, so that all files of a case say the same, whatever arrives meanwhile. About eight bytes a fix,
/// on disk.
/// </summary>
internal sealed class StretchSnapshot(ExportFile file) : IStretches
{
    private readonly List<(Worker Worker, int Number, long At, int Length)> _index = [];

    public async Task FillAsync(IStretches from, CancellationToken cancellationToken)
    {
        await foreach (var stretch in from.ReadAsync(cancellationToken))
        {
            var bytes = TrackCodec.Encode(CollectionsMarshal.AsSpan(stretch.Fixes));
            _index.Add((stretch.Worker, stretch.Number, file.Length, bytes.Length));
            file.Append(bytes);
        }
    }

    public async IAsyncEnumerable<Stretch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (worker, number, at, length) in _index)
        {
            var bytes = new byte[length];
            var filled = 0;
            while (filled < length)
            {
                var read = await file.ReadAsync(bytes.AsMemory(filled), at + filled, cancellationToken);
                filled += read > 0 ? read : throw new EndOfStreamException("The scratch file of a case is shorter than it was.");
            }

            var fixes = new List<Fix>();
            TrackCodec.Decode(bytes, fixes);
            yield return new Stretch(worker, number, fixes);
        }
    }
}
