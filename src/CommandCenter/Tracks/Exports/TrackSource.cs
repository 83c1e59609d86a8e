using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CommandCenter.Tracks.Meaning;
using CommandCenter.Workers;

namespace CommandCenter.Tracks.Exports;

/// <summary>Stretches of an export: worker by worker, in order of time within each.</summary>
internal interface IStretches
{
    /// <summary>Whole after the last stretch.</summary>
    ExportNotes Notes { get; }

    IAsyncEnumerable<Stretch> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>
/// From what is stored, one worker at a time (some 40 bytes a fix: a month at a fix per five seconds is 21 MB, and cleaning takes as much again), and from the log,
/// which is read once and before: what is stored meanwhile is then seen twice, never not at all. A part that is damaged is left out and noted.
/// </summary>
internal sealed class TrackSource(ExportStore store, INewestFixes log, ExportRequest request, TrackMeaningOptions meaning) : IStretches
{
    private const long DayMs = 24 * 3_600_000;

    public ExportNotes Notes { get; } = new();

    public async IAsyncEnumerable<Stretch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var newest = (await log.ReadAsync(request.Workers.Select(worker => worker.Id).ToHashSet(), request.FromMs, request.ToMs, cancellationToken))
            .ToLookup(fix => fix.WorkerId);
        var cleaning = request.Clean ? new ExportCleaning(meaning) : null;
        foreach (var worker in request.Workers)
        {
            var fixes = newest[worker.Id].ToList();
            for (var from = request.FromMs; from < request.ToMs; from += DayMs)
            {
                await AddStoredAsync(worker, from, Math.Min(from + DayMs, request.ToMs), fixes, cancellationToken);
            }

            fixes.RemoveAll(fix => fix.IsHeartbeat || fix.FixTimeMs < request.FromMs || fix.FixTimeMs >= request.ToMs);
            FixOrder.SortAndDeduplicate(fixes);
            foreach (var stretch in Cut(worker, fixes, cleaning))
            {
                yield return stretch;
            }
        }
    }

    /// <summary>At the gaps that the summary and the page of the same time have.</summary>
    private IEnumerable<Stretch> Cut(Worker worker, List<Fix> fixes, ExportCleaning? cleaning)
    {
        var cutter = new StretchCutter(worker);
        var gapMs = GapRules.ThresholdMs(CollectionsMarshal.AsSpan(fixes), meaning);
        Notes.Read(worker, gapMs);
        if (cleaning is null)
        {
            return cutter.Add(fixes, gapMs).Concat(cutter.End());
        }

        var clean = cleaning.Clean(fixes);
        Notes.Clean(clean.LeftOut);
        return cutter.Add(clean).Concat(cutter.End());
    }

    private async Task AddStoredAsync(Worker worker, long from, long to, List<Fix> fixes, CancellationToken cancellationToken)
    {
        foreach (var part in await store.ReadAsync(worker.Id, from, to, cancellationToken))
        {
            var before = fixes.Count;
            try
            {
                TrackCodec.Decode(part.Body, fixes);
            }
            catch (InvalidDataException)
            {
                fixes.RemoveRange(before, fixes.Count - before);

                // What began before was read with the day before, too.
                if (part.FirstMs >= from || from == request.FromMs)
                {
                    Notes.Damage(new DamagedPart(worker, part.HourMs, part.FirstMs, part.LastMs, part.Fixes));
                    ExportMetrics.Unreadable.Add(1);
                }
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

    public ExportNotes Notes { get; private set; } = new();

    public async Task FillAsync(IStretches from, CancellationToken cancellationToken)
    {
        await foreach (var stretch in from.ReadAsync(cancellationToken))
        {
            var bytes = TrackCodec.Encode(CollectionsMarshal.AsSpan(stretch.Fixes));
            _index.Add((stretch.Worker, stretch.Number, file.Length, bytes.Length));
            file.Append(bytes);
        }

        Notes = from.Notes;
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
