using CommandCenter.Assessment.Periods;
using CommandCenter.Assessment.Scores;
using CommandCenter.Assessment.Scoring;

namespace CommandCenter.IntegrationTests.Assessment;

/// <summary>A subject beside its own past: the newest version of each period before, and nobody else's.</summary>
public sealed class PastTests
{
    private const int Home = AssessmentCenter.FirstGrid;

    private static readonly DateOnly First = new(2026, 10, 5);

    [Test]
    public async Task ThePastIsOfTheSameSubjectInTheNewestVersionsOfThePeriodsBefore()
    {
        await using var center = await AssessmentCenter.StartAsync();
        var squares = await center.CellsAsync(Home);
        for (var week = 0; week < 3; week++)
        {
            var monday = First.AddDays(7 * week);
            await center.DutyAsync(1, monday, 5);
            for (var day = 0; day < 5; day++)
            {
                await center.TrackedAsync(1, monday.AddDays(day));
            }

            await center.WalkAsync(1, monday, squares.Take(squares.Count / 2));
            await center.ReckonAsync(PeriodKind.Week, monday);
        }

        // The first week is corrected after it was closed.
        await center.WalkAsync(1, First.AddDays(1), squares);
        await center.ReckonAsync(PeriodKind.Week, First);

        var store = new ScoreStore(center.Backends.DataSource);
        var newest = (await store.FindSnapshotAsync(PeriodKind.Week, First.AddDays(14), null, default))!;
        var past = new PastStore(center.Backends.DataSource);
        var person = (await store.InAsync([newest.Id], [SubjectKind.Worker], [Home], 10, default)).Single();
        var rows = await past.BeforeAsync(newest.Period, person, 12, default);
        Assert.That(rows.Select(row => (row.Starts, row.Version)), Is.EqualTo(new[] { (First.AddDays(7), 1), (First, 2) }));
        Assert.That(rows[1].Total, Is.GreaterThan(rows[0].Total!.Value), "the corrected one is told, not the one before it");
        Assert.That(rows.Select(row => row.AreaId), Has.All.EqualTo(Home));
        Assert.That(await past.BeforeAsync(newest.Period, person, 1, default), Has.Count.EqualTo(1));

        // An area's number is another key than a person's.
        var grid = (await store.InAsync([newest.Id], [SubjectKind.Grid], [Home], 10, default)).Single();
        Assert.That((await past.BeforeAsync(newest.Period, grid, 12, default)).Select(row => row.Id), Has.None.AnyOf(rows.Select(row => row.Id).ToArray()));
    }
}
