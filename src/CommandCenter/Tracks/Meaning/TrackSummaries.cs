using System.Runtime.InteropServices;
using CommandCenter.Areas;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;

namespace CommandCenter.Tracks.Meaning;

/// <summary>
/// Tells what tracks amount to, one worker after another. As many at once as there are cores: each holds a month of fixes at most, and more at once would be no faster.
/// </summary>
public sealed class TrackSummaries(TrackReader tracks, IOptions<TrackMeaningOptions> options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _places = new(Environment.ProcessorCount);

    /// <summary>Runs of fixes set aside that one worker's summary names: some days of a busy phone; what is beyond is counted.</summary>
    public const int MostSetAside = 2_000;

    /// <summary>Of all summaries of one answer: about 2 MB of JSON.</summary>
    public const int MostSetAsideAtOnce = 20_000;

    /// <param name="scope">Areas outside it are not named.</param>
    /// <param name="clean">False: the raw view.</param>
    public async Task<List<TrackSummary>> OfAsync(
        IReadOnlyList<Worker> workers, DateTimeOffset from, DateTimeOffset to, AreaScope scope, bool clean, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            var meaning = new TrackMeaning(options.Value);
            var summaries = new List<TrackSummary>(workers.Count);
            var room = MostSetAsideAtOnce;
            foreach (var worker in workers)
            {
                var read = await tracks.ReadAsync(worker.Id, from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds(), cancellationToken);
                meaning.Read(CollectionsMarshal.AsSpan(read.Fixes), clean);
                var summary = Summary(worker, from, to, scope, meaning, read, Math.Min(room, MostSetAside));
                room -= summary.SetAside.Count;
                summaries.Add(summary);
            }

            return summaries;
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private TrackSummary Summary(Worker worker, DateTimeOffset from, DateTimeOffset to, AreaScope scope, TrackMeaning meaning, ReadTrack read, int mostSetAside)
    {
        var until = Math.Min(to.ToUnixTimeMilliseconds(), time.GetUtcNow().ToUnixTimeMilliseconds());
        var gaps = TrackGaps.Of(read.Fixes.ConvertAll(fix => fix.FixTimeMs), worker.DutyPeriods, from.ToUnixTimeMilliseconds(), until, meaning.GapMs);
        var visits = VisitRules.Of(meaning, scope.Tree, options.Value);
        var (setAside, more) = SetAsideRules.Runs(CollectionsMarshal.AsSpan(read.Fixes), meaning, mostSetAside);
        var hasTrips = meaning.Trips.Count > 0;
        return new TrackSummary(
            worker.Code,
            from,
            to,
            meaning.Fixes,
            meaning.Dropped,
            Metres(meaning.Meters),
            Seconds(meaning.MovingSeconds),
            Speed(meaning.Meters, meaning.MovingSeconds),
            hasTrips ? Math.Round(meaning.TopSpeedMps, 2) : null,
            [.. meaning.Trips.Select(trip => new TrackTrip(
                At(trip.FromMs), At(trip.ToMs), Metres(trip.Meters), Seconds(trip.MovingSeconds), Speed(trip.Meters, trip.MovingSeconds), Math.Round(trip.TopSpeedMps, 2)))],
            [.. meaning.Stops.Select(stop => Stop(stop, scope))],
            gaps.ConvertAll(gap => new TrackGap(At(gap.StartMs), At(gap.EndMs))),
            [.. visits.Where(visit => scope.Contains(visit.Area)).Select(visit => new AreaVisit(visit.Area.Area.Code, At(visit.FromMs), At(visit.ToMs), Metres(visit.Meters)))],
            setAside.ConvertAll(run => new SetAsideRun(At(run.FromMs), At(run.ToMs), run.Reason, run.Count)),
            more,
            read.Unreadable > 0);
    }

    private static TrackStop Stop(in StopSpan stop, AreaScope scope)
    {
        var (longitude, latitude) = (Math.Round(stop.LongitudeE7 / 1e7, 7), Math.Round(stop.LatitudeE7 / 1e7, 7));
        var area = scope.Tree.Locate(longitude, latitude);
        return new TrackStop(At(stop.FromMs), At(stop.ToMs), longitude, latitude, scope.Contains(area) ? area!.Area.Code : null);
    }

    private static double? Speed(double meters, double seconds) => seconds > 0 ? Math.Round(meters / seconds, 2) : null;

    private static double Metres(double meters) => Math.Round(meters, 1);

    private static double Seconds(double seconds) => Math.Round(seconds, 1);

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
