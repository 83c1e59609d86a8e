using System.Runtime.InteropServices;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Tracks.Keeping;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;

namespace CommandCenter.Tracks.Reimport;

/// <summary>
/// Puts fixes of our own files back where they are missing: as pieces, which the folding takes into the segments like any that came late, never through the log,
/// whose fixes are new. Only what is missing is written, so that it can be stopped anywhere and run again. One request at a time on a node.
/// </summary>
internal sealed class TrackReimporter(
    ReimportStore store,
    INewestFixes log,
    RetentionStore retention,
    HoldStore holds,
    AreaDirectory areas,
    WorkerRegister workers,
    IOptions<TrackKeepingOptions> keeping,
    TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _place = new(1);

    public async Task<TrackReimportReport> PutBackAsync(Viewer viewer, AuditReason reason, IReadOnlyList<FixLine> lines, CancellationToken cancellationToken)
    {
        await _place.WaitAsync(cancellationToken);
        try
        {
            var counts = new ReimportCounts { Fixes = lines.Count };
            var tracks = await SortAsync(viewer, lines, counts, cancellationToken);
            await LeaveOutStoredAsync(tracks, counts, cancellationToken);
            await store.WriteAsync(viewer, reason, tracks, counts, cancellationToken);
            ReimportMetrics.Restored.Add(counts.Restored);
            return counts.ToReport();
        }
        finally
        {
            _place.Release();
        }
    }

    public void Dispose() => _place.Dispose();

    /// <summary>Whose they are, without those that must not be.</summary>
    private async Task<List<ReimportTrack>> SortAsync(Viewer viewer, IReadOnlyList<FixLine> lines, ReimportCounts counts, CancellationToken cancellationToken)
    {
        var scope = viewer.ScopeIn(areas.Current);
        var now = time.GetUtcNow();
        var nowMs = now.ToUnixTimeMilliseconds();
        var rules = (await retention.ListAsync(cancellationToken)).ToDictionary(rule => rule.AreaId, rule => rule.Days);
        var groups = RetentionRules.Groups(areas.Current, rules, keeping.Value.RawDays);
        string[] codes = [.. lines.Where(line => line.Fault is null).Select(line => line.Worker).Distinct(StringComparer.OrdinalIgnoreCase)];
        var found = codes.Zip(await workers.FindInAsync(scope, codes, cancellationToken)).ToDictionary(
            pair => pair.First,
            pair => pair.Second is { } worker ? new ReimportTrack(worker, KeptFromMs(worker, groups, now)) : null,
            StringComparer.OrdinalIgnoreCase);
        var held = await holds.SpansAsync([.. found.Values.OfType<ReimportTrack>().Select(track => track.Worker.Id)], now, cancellationToken);
        foreach (var line in lines)
        {
            if (line.Fault is not null)
            {
                counts.Refuse("", ReimportCounts.BadLine, line.Line);
            }
            else if (found[line.Worker] is not { } track)
            {
                counts.Refuse(line.Worker, ReimportCounts.UnknownWorker, line.Line);
            }
            else if (line.Fix.FixTimeMs > nowMs)
            {
                counts.Refuse(line.Worker, ReimportCounts.Future, line.Line);
            }
            else if (line.Fix.FixTimeMs < track.KeptFromMs && !ReimportRules.Holds(held[track.Worker.Id], line.Fix.FixTimeMs))
            {
                counts.Refuse(line.Worker, ReimportCounts.PastKeeping, line.Line);
            }
            else
            {
                track.Fixes.Add(line.Fix with { WorkerId = track.Worker.Id });
            }
        }

        var tracks = found.Values.OfType<ReimportTrack>().ToList();
        foreach (var track in tracks)
        {
            var asked = track.Fixes.Count;
            FixOrder.SortAndDeduplicate(track.Fixes);
            counts.Present += asked - track.Fixes.Count;
            track.Asked = asked;
        }

        return tracks;
    }

    /// <summary>As the sweep counts: whole hours.</summary>
    private static long KeptFromMs(Worker worker, IReadOnlyList<RetentionGroup> groups, DateTimeOffset now)
    {
        var days = groups.First(group => group.AreaIds is null || group.AreaIds.Contains(worker.HomeAreaId)).Days;
        return TrackPiece.HourOf(now.AddDays(-days).ToUnixTimeMilliseconds());
    }

    private async Task LeaveOutStoredAsync(List<ReimportTrack> tracks, ReimportCounts counts, CancellationToken cancellationToken)
    {
        var withFixes = tracks.Where(track => track.Fixes.Count > 0).ToList();
        if (withFixes.Count == 0)
        {
            return;
        }

        // The log first: what is stored meanwhile is then seen twice, never not at all.
        var newest = (await log.ReadAsync(
            withFixes.Select(track => track.Worker.Id).ToHashSet(),
            withFixes.Min(track => track.Fixes[0].FixTimeMs),
            withFixes.Max(track => track.Fixes[^1].FixTimeMs) + 1,
            cancellationToken)).ToLookup(fix => fix.WorkerId);
        foreach (var track in withFixes)
        {
            var missing = new List<Fix>();
            foreach (var day in track.Fixes.GroupBy(fix => fix.FixTimeMs / ReimportStore.DayMs))
            {
                var (stored, damaged) = await store.ReadAsync(track.Worker.Id, [.. day.Select(fix => TrackPiece.HourOf(fix.FixTimeMs)).Distinct()], cancellationToken);
                counts.DamagedParts += damaged;
                stored.AddRange(newest[track.Worker.Id]);
                FixOrder.SortAndDeduplicate(stored);
                ReimportRules.Missing(day, CollectionsMarshal.AsSpan(stored), missing, counts);
            }

            track.Fixes.Clear();
            track.Fixes.AddRange(missing);
        }
    }
}

/// <summary>What a request has of one worker.</summary>
internal sealed class ReimportTrack(Worker worker, long keptFromMs)
{
    public Worker Worker { get; } = worker;

    /// <summary>What is older is past its keeping, unless a case holds it.</summary>
    public long KeptFromMs { get; } = keptFromMs;

    /// <summary>In <see cref="FixOrder"/>, without repeats; in the end those that are missing.</summary>
    public List<Fix> Fixes { get; } = [];

    /// <summary>Fixes that were sent and may be.</summary>
    public int Asked { get; set; }
}
