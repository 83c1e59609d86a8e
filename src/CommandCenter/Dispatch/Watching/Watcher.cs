using CommandCenter.Alarms;
using CommandCenter.Alarms.Board;
using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;
using CommandCenter.Contracts.Workers;
using CommandCenter.Dispatch.Assignments;
using CommandCenter.Positions.Live;
using CommandCenter.Storage;
using CommandCenter.Tracks;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;

namespace CommandCenter.Dispatch.Watching;

/// <summary>
/// Looks at everybody on duty every few seconds, on one node at a time, and raises what <see cref="WatchRules"/> says begins. What it remembers is lost with the node: conditions then last
/// anew, and who has an open alarm of a kind raises no second one.
/// </summary>
internal sealed partial class Watcher(
    LivePicture picture,
    AreaDirectory areas,
    AssignmentStore assignments,
    AlarmBoard board,
    AlarmPresses presses,
    AlarmDesk desk,
    RedisConnection redis,
    Readiness readiness,
    TimeProvider time,
    IOptions<WatchingOptions> options,
    IOptions<DispatchOptions> dispatch,
    ILogger<Watcher> logger) : BackgroundService
{
    private const double MetersPerDegree = 111_195;

    /// <summary>So many are copied before fixes are applied again.</summary>
    private const int SlotsAtOnce = 20_000;

    private readonly Dictionary<int, WatchState> _states = [];
    private bool _interrupted;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var limits = options.Value;
        if (!limits.LostContact && limits is { LowBatteryPercent: 0, LeftGridMinutes: 0, StationaryMinutes: 0 })
        {
            return;
        }

        var pause = TimeSpan.FromSeconds(limits.LookSeconds);
        var lease = new RedisLease(redis, RedisKeys.WatcherLease, (2 * pause) + TimeSpan.FromSeconds(10));
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                if (readiness.IsReady && !stoppingToken.IsCancellationRequested)
                {
                    if (await lease.HoldAsync(stoppingToken))
                    {
                        await LookAsync(stoppingToken);
                    }
                    else
                    {
                        // Another node looks: what this one remembers would be old when its turn comes again.
                        _states.Clear();
                    }
                }

                _interrupted = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it is, the next look tries again: this loop must not end.
                if (!_interrupted)
                {
                    LogInterrupted(e.Message);
                }

                _interrupted = true;
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var underWay = await assignments.TakenAsync(cancellationToken);
        for (var from = 0; from >= 0;)
        {
            foreach (var (worker, seen) in See(underWay, ref from))
            {
                var (state, raised) = WatchRules.Look(_states.GetValueOrDefault(worker.Id), seen, options.Value);

                // First raised, then remembered: what cannot be raised now begins at the next look.
                foreach (var kind in raised)
                {
                    await RaiseAsync(worker, kind, seen);
                }

                if (state == default)
                {
                    _states.Remove(worker.Id);
                }
                else
                {
                    _states[worker.Id] = state;
                }
            }
        }
    }

    private async Task RaiseAsync(Worker worker, AlarmKind kind, Watched seen)
    {
        if (board.All(openOnly: true).Any(alarm => alarm.Press.WorkerId == worker.Id && alarm.Press.Kind == kind))
        {
            return;
        }

        var claim = seen.LongitudeE7 == 0 && seen.LatitudeE7 == 0
            ? new AlarmClaim(kind, seen.NowMs)
            : new AlarmClaim(kind, seen.NowMs, seen.LongitudeE7 / 1e7, seen.LatitudeE7 / 1e7, seen.AccuracyMeters);
        await desk.RaiseAsync(presses.OfRule(Guid.CreateVersion7(time.GetUtcNow()), worker, claim, seen.NowMs), null);
    }

    /// <summary>The next some thousand people, copied out of the picture so that nothing waits for the borders.</summary>
    /// <param name="underWay">To an alarm.</param>
    /// <param name="from">The first slot to look at; the next one then, or -1 when these were the last.</param>
    private List<(Worker Worker, Watched Seen)> See(HashSet<int> underWay, ref int from)
    {
        var seen = new List<(Worker Worker, Watched Seen, int Place)>();
        using (var reading = picture.Read())
        {
            var to = Math.Min(reading.Rows.Length, from + SlotsAtOnce);
            for (var slot = from; slot < to; slot++)
            {
                if (reading.Roster[slot] is { } worker && (_states.ContainsKey(slot) || worker.IsOnDuty(reading.NowMs)))
                {
                    seen.Add((worker, SeenOf(reading, slot, worker, underWay.Contains(slot)), reading.Rows.SightOf(slot).Place));
                }
            }

            from = to < reading.Rows.Length ? to : -1;
        }

        var watchesGrids = options.Value.LeftGridMinutes > 0;
        return seen.ConvertAll(one => (one.Worker, watchesGrids && one.Seen.IsFresh ? one.Seen with { IsOutside = IsOutside(one.Worker, one.Seen, one.Place) } : one.Seen));
    }

    private Watched SeenOf(in PictureReading reading, int slot, Worker worker, bool isUnderWay)
    {
        var has = reading.Rows.HasMarker(slot);
        var fix = has ? reading.Rows.MarkerOf(slot) : default;
        var isFresh = has && reading.NowMs - fix.FixTimeMs <= dispatch.Value.OldPositionSeconds * 1_000L;
        return new Watched(
            reading.NowMs,
            worker.IsOnDuty(reading.NowMs),
            reading.Rows.PresenceOf(slot),
            isFresh,
            fix.LongitudeE7,
            fix.LatitudeE7,
            has ? fix.AccuracyMeters ?? 0 : 0,
            isFresh && fix.BatteryPercent != Fix.UnknownBattery ? fix.BatteryPercent : null, // last night's says nothing of today's
            null,
            isUnderWay);
    }

    /// <summary>Whoever is called up has no grid, and who is at home in a micro-grid walks the whole grid.</summary>
    private bool? IsOutside(Worker worker, in Watched seen, int place)
    {
        var grid = areas.Current.Find(worker.HomeAreaId);
        grid = grid is { Area.Kind: AreaKind.Microgrid, Parent: { } parent } ? parent : grid;
        if (worker.Role == WorkerRole.Reserve || grid?.Area.Geometry is not { } border)
        {
            return null;
        }

        if (place >= grid.Enter && place < grid.Exit)
        {
            return false;
        }

        var meters = border.Distance(Wgs84Point(seen)) * MetersPerDegree * Math.Cos(seen.LatitudeE7 / 1e7 * Math.PI / 180);
        return meters > options.Value.BorderMeters + seen.AccuracyMeters;
    }

    private static NetTopologySuite.Geometries.Point Wgs84Point(in Watched seen) =>
        Geo.Wgs84.Factory.CreatePoint(new NetTopologySuite.Geometries.Coordinate(seen.LongitudeE7 / 1e7, seen.LatitudeE7 / 1e7));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody watches for alarms of the center's own for now: {Error}")]
    private partial void LogInterrupted(string error);
}
