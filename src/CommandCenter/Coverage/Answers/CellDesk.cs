using System.Globalization;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts.Coverage;
using CommandCenter.Coverage.Ground;
using CommandCenter.Coverage.Store;
using CommandCenter.Geo;
using CommandCenter.Tracks;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;

namespace CommandCenter.Coverage.Answers;

/// <summary>One square: what was earned in it, and by whom.</summary>
public sealed class CellDesk(CoverageStore store, WorkerRegister workers, AuditStore audit, IOptions<CoverageOptions> options) : IDisposable
{
    /// <summary>Workers' days told at most.</summary>
    public const int MostTracks = 200;

    private const long LeadMs = 15 * 60_000;
    private const long AfterMs = 2 * 60_000;

    /// <summary>Whose day it was stands in his own squares, so that all workers' have to be looked through.</summary>
    private readonly SemaphoreSlim _places = new(options.Value.AnswersAtOnce);

    public async Task<CoverageCellInfo> InfoAsync(CoverageDays days, CoverageCell cell, AreaNode grid, bool patrolled, CancellationToken cancellationToken)
    {
        var lookBack = days.Window.Last.AddDays(1 - options.Value.LookBackDays);
        var since = days.Window.From < lookBack ? days.Window.From : lookBack;
        var totals = await TotalsAsync(cell, since, days.Window.Last.AddDays(1), cancellationToken);
        var visited = totals.Where(day => day.Day >= lookBack && day.Total.Visits > 0).Select(day => (DateOnly?)day.Day).Max();
        var (center, ring) = ShapeOf(cell, days.Plan.Plane!);
        return new CoverageCellInfo(
            cell.Key.ToString(CultureInfo.InvariantCulture),
            center,
            ring,
            grid.Area.Code,
            patrolled,
            days.Rules.DaysOf(grid),
            visited is { } day ? days.Window.Last.DayNumber - day.DayNumber : null,
            [.. totals.Where(one => one.Day >= days.Window.From).OrderByDescending(one => one.Day).Select(one => new CoverageCellDay(
                CoverageWindow.TextOf(one.Day),
                (one.Total.DwellMs + 500) / 1_000,
                one.Total.Visits,
                one.Total.Passes,
                one.Total.Workers,
                DateTimeOffset.FromUnixTimeMilliseconds(one.Total.LastMs)))],
            days.DamagedDays);
    }

    /// <summary>Who earned the square, after a row on the trail of each of them.</summary>
    public async Task<CoverageCellTracks> TracksAsync(
        Viewer viewer, AreaScope scope, CoverageCell cell, CoverageDays days, AuditReason why, CancellationToken cancellationToken)
    {
        var window = days.Window;
        await _places.WaitAsync(cancellationToken);
        try
        {
            var totals = await TotalsAsync(cell, window.From, window.Last.AddDays(1), cancellationToken);
            var (found, more) = (new List<(DateOnly Day, int WorkerId, CellDay Cell)>(), false);
            foreach (var (day, total) in totals.OrderByDescending(one => one.Day))
            {
                if (more = found.Count >= MostTracks)
                {
                    break;
                }

                var left = total.Workers;
                await foreach (var one in store.ReadWorkerDaysAsync(null, day, day.AddDays(1), cancellationToken))
                {
                    var at = one.Cells.BinarySearch(new CellDay(cell, 0, 0, 0, 0), ByCell);
                    if (at >= 0)
                    {
                        found.Add((day, one.WorkerId, one.Cells[at]));
                        if (--left == 0)
                        {
                            break;
                        }
                    }
                }
            }

            return await TellAsync(viewer, scope, cell, days, why, found, more, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private static Comparer<CellDay> ByCell { get; } = Comparer<CellDay>.Create((a, b) => a.Cell.CompareTo(b.Cell));

    private async Task<CoverageCellTracks> TellAsync(
        Viewer viewer, AreaScope scope, CoverageCell cell, CoverageDays days, AuditReason why, List<(DateOnly Day, int WorkerId, CellDay Cell)> found, bool more, CancellationToken cancellationToken)
    {
        var known = await workers.OfAsync(found.Select(one => one.WorkerId).Distinct(), cancellationToken);
        var seen = known.Values.Where(worker => scope.Contains(worker.HomeAreaId)).ToDictionary(worker => worker.Id);
        if (seen.Count > 0)
        {
            var detail = string.Create(CultureInfo.InvariantCulture, $"square {cell.Key} {CoverageWindow.TextOf(days.Window.From)}/{CoverageWindow.TextOf(days.Window.To)}");
            await audit.WriteManyAsync(
                viewer, why.OnTrail, seen.Values.OrderBy(worker => worker.Id).Select(worker => new AuditAct(AuditActions.OpenCoverage, worker.HomeAreaId, worker.Id, detail)), cancellationToken);
        }

        var shown = found.Where(one => seen.ContainsKey(one.WorkerId)).OrderByDescending(one => one.Day).ThenByDescending(one => one.Cell.DwellMs).Take(MostTracks).ToList();
        return new CoverageCellTracks(
            [.. shown.Select(one => TrackOf(one.Day, seen[one.WorkerId], one.Cell))],
            known.Count - seen.Count,
            more || found.Count(one => seen.ContainsKey(one.WorkerId)) > MostTracks,
            days.DamagedDays);
    }

    /// <summary>To replay: about when the square was left last.</summary>
    private CoverageCellTrack TrackOf(DateOnly day, Worker worker, CellDay cell)
    {
        var from = Math.Max(store.BeginOf(day), cell.LastMs - Math.Max(LeadMs, cell.DwellMs + (LeadMs / 3)));
        return new CoverageCellTrack(
            CoverageWindow.TextOf(day),
            worker.Code,
            worker.Name,
            Math.Round(cell.DwellMs / 1_000.0, 1),
            cell.Visits,
            cell.Passes,
            DateTimeOffset.FromUnixTimeMilliseconds(cell.LastMs),
            DateTimeOffset.FromUnixTimeMilliseconds(from),
            DateTimeOffset.FromUnixTimeMilliseconds(cell.LastMs + AfterMs));
    }

    /// <summary>The days on which anybody was in it.</summary>
    private async Task<List<(DateOnly Day, CellTotal Total)>> TotalsAsync(CoverageCell cell, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var (tile, totals) = (CoverageTile.Of(cell), new List<(DateOnly, CellTotal)>());
        await foreach (var stored in store.ReadTilesAsync(from, to, tile, tile, cancellationToken))
        {
            var cells = CoverageCodec.DecodeTile(tile, stored.Body, store.BeginOf(stored.Day));
            if (cells.FindIndex(total => total.Cell == cell) is var at and >= 0)
            {
                totals.Add((stored.Day, cells[at]));
            }
        }

        return totals;
    }

    private static (double[] Center, double[][] Ring) ShapeOf(CoverageCell cell, GaussKruger plane)
    {
        return (At(0.5, 0.5), [At(0, 0), At(1, 0), At(1, 1), At(0, 1), At(0, 0)]);

        double[] At(double column, double row)
        {
            var (longitude, latitude) = plane.Unproject((cell.Column + column) * CoverageCell.Meters, (cell.Row + row) * CoverageCell.Meters);
            return [Math.Round(longitude, 7), Math.Round(latitude, 7)];
        }
    }
}
