using System.Diagnostics;
using System.Runtime.CompilerServices;
using CommandCenter.Areas;
using CommandCenter.Assessment.Scoring;
using CommandCenter.Coverage;
using CommandCenter.Web;
using Microsoft.Extensions.Options;

namespace CommandCenter.Assessment.Sources;

/// <summary>
/// What every subject's week or month amounts to, with what stands behind it: workers first, some hundred at a time, then the areas, which are their sums. Reads only.
/// </summary>
internal sealed class SourceReader(
    SourceStore store, IAssessedGround ground, AreaDirectory areas, IOptions<CenterOptions> center, IOptions<AssessmentOptions> options, TimeProvider time)
{
    private const int WorkersAtATime = 400;

    /// <param name="starts">The first day.</param>
    /// <param name="ends">The day after the last.</param>
    /// <param name="settings">What counts as done, and in time.</param>
    /// <param name="homes">Home areas that count instead of today's, by worker: those that a closed period was reckoned with.</param>
    /// <param name="cancellationToken">Ends it between two reads.</param>
    public async IAsyncEnumerable<SubjectSources> ReadAsync(
        DateOnly starts, DateOnly ends, PolicyTiming settings, IReadOnlyDictionary<int, int> homes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var days = new SourceDays(starts, ends, Jobs.JobWindow.DayOf(now, center.Value), center.Value);
        var tree = areas.Current;
        var calendar = new ExclusionCalendar(tree, await store.ExclusionsAsync(days, cancellationToken));
        var known = await ground.ReadAsync(tree, ends.AddDays(-1), cancellationToken);
        var sums = new AreaIndicators(tree);
        var rules = new WorkerIndicators(days, calendar, settings, now.ToUnixTimeMilliseconds());
        var workers = await store.WorkersAsync(days.Starts, days.Ends, cancellationToken);
        var begun = Stopwatch.GetTimestamp();
        foreach (var batch in workers.Select(worker => homes.TryGetValue(worker.Id, out var home) ? worker with { HomeAreaId = home } : worker).Chunk(WorkersAtATime))
        {
            foreach (var worker in await OfWorkersAsync(batch, days, rules, known, cancellationToken))
            {
                sums.AddWorker(worker);
                yield return worker;
            }

            await Task.Delay(Stopwatch.GetElapsedTime(begun) * options.Value.RestShare, time, cancellationToken);
            begun = Stopwatch.GetTimestamp();
        }

        foreach (var area in await OfAreasAsync(sums, days, calendar, settings, known, now.ToUnixTimeMilliseconds(), cancellationToken))
        {
            yield return area;
        }
    }

    private async Task<List<SubjectSources>> OfWorkersAsync(
        AssessedWorker[] batch, SourceDays days, WorkerIndicators rules, GroundOfDay known, CancellationToken cancellationToken)
    {
        var facts = await store.FactsAsync(batch, days, cancellationToken);
        var walked = await SquaresAsync(facts, days, known, cancellationToken);
        var found = new List<SubjectSources>(batch.Length);
        foreach (var worker in batch)
        {
            var one = facts[worker.Id];
            var subject = rules.Begin(one);
            var squares = known.Of(worker.HomeAreaId);
            var spans = CoverageSpans.Of(days.From, days.PeriodEnds, days.Over, known.TargetOf(worker.HomeAreaId));
            var visited = new VisitedSquares(squares, spans, rules.DueSpans(one, spans, subject, squares.Count));
            foreach (var (day, cells) in walked.GetValueOrDefault(worker.Id) ?? [])
            {
                foreach (var cell in cells)
                {
                    visited.Add(day, cell);
                }
            }

            rules.AddCoverage(visited, subject);
            rules.AddDays(one, subject);
            rules.AddAssignments(one, subject);
            found.Add(subject);
        }

        return found;
    }

    /// <summary>Squares of their own ground that they visited, by worker, then day; the days' credited time goes into the facts.</summary>
    private async Task<Dictionary<int, List<(DateOnly Day, List<CoverageCell> Cells)>>> SquaresAsync(
        Dictionary<int, WorkerFacts> facts, SourceDays days, GroundOfDay known, CancellationToken cancellationToken)
    {
        var walked = new Dictionary<int, List<(DateOnly, List<CoverageCell>)>>();
        await foreach (var (id, day, credited, body) in store.SquaresAsync([.. facts.Keys], days, cancellationToken))
        {
            var one = facts[id];
            one.CreditedMs[day] = credited;
            var own = known.Of(one.Worker.HomeAreaId);
            var cells = new List<CoverageCell>();
            foreach (var cell in CoverageCodec.DecodeWorkerDay(body, days.Of(day).StartMs))
            {
                if (cell.Visits > 0 && own.PlaceOf(cell.Cell) >= 0)
                {
                    cells.Add(cell.Cell);
                }
            }

            if (!walked.TryGetValue(id, out var list))
            {
                walked[id] = list = [];
            }

            list.Add((day, cells));
        }

        return walked;
    }

    private async Task<IEnumerable<SubjectSources>> OfAreasAsync(
        AreaIndicators sums, SourceDays days, ExclusionCalendar calendar, PolicyTiming settings, GroundOfDay known, long nowMs, CancellationToken cancellationToken)
    {
        foreach (var node in sums.Lowest)
        {
            sums.AddGround(node, known.Of(node.Area.Id), CoverageSpans.Of(days.From, days.PeriodEnds, days.Over, known.TargetOf(node.Area.Id)), calendar);
        }

        await foreach (var (day, column, row, body) in store.TilesAsync(days, cancellationToken))
        {
            var tile = new CoverageTile(column, row);
            sums.AddTile(day, tile, CoverageCodec.DecodeTile(tile, body, days.Of(day).StartMs));
        }

        foreach (var alarm in await store.AlarmsAsync(days, cancellationToken))
        {
            sums.AddAlarm(alarm, settings, nowMs);
        }

        return sums.Sum();
    }
}
