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
/// From what is stored, day by day, and from the log, which is read once and before: what is stored meanwhile is then seen twice, never not at all. Each worker is read
/// twice, first for how often the phone reports, which says what a gap is; a day and the open stretch are held at a time. Cleaning looks at the whole of a worker's
/// time, which is held for it (docs/exports.md says how much that is). A part that is damaged is left out and noted.
/// </summary>
/// <param name="parts">Told of each stored part; null: nobody wants them.</param>
internal sealed class TrackSource(ExportStore store, INewestFixes log, ExportRequest request, TrackMeaningOptions meaning, StoredPartLines? parts = null) : IStretches
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
            List<Fix> unstored = [.. newest[worker.Id]];
            await foreach (var stretch in cleaning is null ? WholeAsync(worker, unstored, cancellationToken) : CleanAsync(worker, unstored, cleaning, cancellationToken))
            {
                yield return stretch;
            }
        }
    }

    /// <summary>Cut at the gaps that the summary and the page of the same time have.</summary>
    private async IAsyncEnumerable<Stretch> WholeAsync(Worker worker, List<Fix> unstored, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var intervals = new ReportingIntervals(meaning);
        await foreach (var day in DaysAsync(worker, unstored, told: false, cancellationToken))
        {
            intervals.Add(CollectionsMarshal.AsSpan(day));
        }

        var gapMs = intervals.ThresholdMs;
        Notes.Read(worker, gapMs);
        var cutter = new StretchCutter(worker);
        await foreach (var day in DaysAsync(worker, unstored, told: true, cancellationToken))
        {
            foreach (var stretch in cutter.Add(day, gapMs))
            {
                yield return stretch;
            }
        }

        foreach (var stretch in cutter.End())
        {
            yield return stretch;
        }
    }

    private async IAsyncEnumerable<Stretch> CleanAsync(Worker worker, List<Fix> unstored, ExportCleaning cleaning, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var fixes = new List<Fix>();
        await foreach (var day in DaysAsync(worker, unstored, told: true, cancellationToken))
        {
            fixes.AddRange(day);
        }

        Notes.Read(worker, GapRules.ThresholdMs(CollectionsMarshal.AsSpan(fixes), meaning));
        var clean = cleaning.Clean(fixes);
        Notes.Clean(clean.LeftOut);
        var cutter = new StretchCutter(worker);
        foreach (var stretch in cutter.Add(clean).Concat(cutter.End()))
        {
            yield return stretch;
        }
    }

    /// <summary>Each day's fixes in order and without repeats.</summary>
    private async IAsyncEnumerable<List<Fix>> DaysAsync(Worker worker, List<Fix> unstored, bool told, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var from = request.FromMs; from < request.ToMs; from += DayMs)
        {
            var to = Math.Min(from + DayMs, request.ToMs);
            List<Fix> fixes = [.. unstored];
            await AddStoredAsync(worker, from, to, fixes, told, cancellationToken);
            fixes.RemoveAll(fix => fix.IsHeartbeat || fix.FixTimeMs < from || fix.FixTimeMs >= to);
            FixOrder.SortAndDeduplicate(fixes);
            yield return fixes;
        }
    }

    private async Task AddStoredAsync(Worker worker, long from, long to, List<Fix> fixes, bool told, CancellationToken cancellationToken)
    {
        foreach (var part in await store.ReadAsync(worker.Id, from, to, cancellationToken))
        {
            var damaged = !TrackCodec.TryDecode(part.Body, fixes, worker.Id);

            // What began before was read with the day before, too.
            if (!told || (part.FirstMs < from && from != request.FromMs))
            {
                continue;
            }

            parts?.Add(worker, part, damaged);
            if (damaged)
            {
                Notes.Damage(new DamagedPart(worker, part.HourMs, part.FirstMs, part.LastMs, part.Fixes));
                ExportMetrics.Unreadable.Add(1);
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

    /// <summary>Numbers of the phones in it.</summary>
    public HashSet<int> Devices { get; } = [];

    public async Task FillAsync(IStretches from, CancellationToken cancellationToken)
    {
        await foreach (var stretch in from.ReadAsync(cancellationToken))
        {
            var bytes = TrackCodec.Encode(CollectionsMarshal.AsSpan(stretch.Fixes));
            _index.Add((stretch.Worker, stretch.Number, file.Length, bytes.Length));
            file.Append(bytes);
            Devices.UnionWith(stretch.Fixes.Select(fix => fix.DeviceId));
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
