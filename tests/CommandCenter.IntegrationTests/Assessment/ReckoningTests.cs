using CommandCenter.Areas;
using CommandCenter.Assessment;
using CommandCenter.Assessment.Keeping;
using CommandCenter.Assessment.Periods;
using CommandCenter.Assessment.Sources;
using CommandCenter.Tracks.Keeping;
using Dapper;
using Microsoft.Extensions.Options;

namespace CommandCenter.IntegrationTests.Assessment;

/// <summary>Scores of periods out of what is stored: as a pencil has them, frozen, in a new version when something comes late, and all or nothing.</summary>
public sealed class ReckoningTests
{
    private static readonly DateOnly October = new(2026, 10, 1);

    [Test]
    public async Task AMonthOfThreeWorkersIsAsAPencilHasIt()
    {
        await using var center = await AssessmentCenter.StartAsync();
        var (first, second) = await PatrolAsync(center);
        Assert.That(await center.ReckonAsync(PeriodKind.Month, October), Is.EqualTo((Reckoned.Closed, 7)));

        // On duty from the first to the tenth: two of the month's four weeks of seven days are due. Whole in the first, half in the second; eight of ten days patrolled.
        var one = await center.BodyAsync(PeriodKind.Month, October, "W1");
        Assert.That(Of(one, "grid-coverage"), Is.EqualTo(((double?)(first + (first / 2)), (double?)(2 * first), "")));
        Assert.That(Of(one, "patrol-regularity"), Is.EqualTo(((double?)8, (double?)10, "")));
        Assert.That(Of(one, "incidents"), Is.EqualTo(((double?)null, (double?)null, "feature-missing")));
        var coverage = Math.Min(100, Math.Round(100 * (first + (first / 2)) / (2.0 * first) / 0.9, 2));
        Assert.That(one.Total, Is.EqualTo(((coverage * 35) + (80 * 20)) / 55).Within(0.0051), "35 for squares and 20 for days, of the 55 that have data");
        Assert.That((one.CoveredWeight, one.Band), Is.EqualTo((0.55, "good")));

        // Leave on two of five days, and a dark phone on one: neither is missed.
        var two = await center.BodyAsync(PeriodKind.Month, October, "W2");
        Assert.That(Of(two, "patrol-regularity"), Is.EqualTo(((double?)1, (double?)2, "")));
        Assert.That(
            two.Indicators.Single(one => one.Indicator == "patrol-regularity").Excluded.Select(one => (one.Kind, one.Amount)), Is.EqualTo(new[] { ("leave", 2.0), ("phone-dark", 1.0) }));

        // Never on duty, sent four times: one of them an exercise.
        var three = await center.BodyAsync(PeriodKind.Month, October, "W3");
        Assert.That(Of(three, "alarm-acknowledged"), Is.EqualTo(((double?)2, (double?)3, "")));
        Assert.That(Of(three, "alarm-arrived"), Is.EqualTo(((double?)1, (double?)3, "")));
        Assert.That(Of(three, "assignments-on-time"), Is.EqualTo(((double?)2, (double?)3, "")));
        Assert.That(Of(three, "patrol-regularity"), Is.EqualTo(((double?)null, (double?)null, "nothing-due")));
        Assert.That((three.Total, three.WhyNoTotal), Is.EqualTo(((double?)null, "over-half-without-data")));

        // Squares of an area are everybody's, in all four weeks; the rest is the sum of the people at home.
        var grid = await center.BodyAsync(PeriodKind.Month, October, "G1");
        Assert.That(Of(grid, "grid-coverage"), Is.EqualTo(((double?)(first + (first / 2)), (double?)(4 * first), "")));
        var community = await center.BodyAsync(PeriodKind.Month, October, "C");
        Assert.That(Of(community, "grid-coverage").Item2, Is.EqualTo(4 * (first + second)));
        Assert.That(Of(community, "patrol-regularity"), Is.EqualTo(((double?)9, (double?)12, "")));
        Assert.That(await center.BodyAsync(PeriodKind.Month, October, "S"), Has.Property("Total").EqualTo(community.Total));
    }

    [Test]
    public async Task AClosedMonthStaysUntilSomethingComesOutOtherwise()
    {
        await using var center = await AssessmentCenter.StartAsync();
        await PatrolAsync(center);
        await center.ReckonAsync(PeriodKind.Month, October);
        var before = await center.RowsAsync();
        Assert.That((await center.ReckonAsync(PeriodKind.Month, October)).What, Is.EqualTo(Reckoned.Same));
        Assert.That(await center.RowsAsync(), Is.EqualTo(before));

        await center.WalkAsync(1, new DateOnly(2026, 10, 10), await center.CellsAsync(AssessmentCenter.FirstGrid));
        Assert.That((await center.ReckonAsync(PeriodKind.Month, October)).What, Is.EqualTo(Reckoned.NewVersion));
        var versions = await center.VersionsAsync(PeriodKind.Month);
        Assert.That(versions.Select(version => (version.Version, version.Reason, version.Latest)), Is.EqualTo(new[] { (1, "closed", false), (2, "late-data", true) }));
        Assert.That(versions[1].Difference, Does.Contain("\"version\": 1").And.Contain("\"changed\": 4"), "the worker, the grid, the community, the subdistrict");
        Assert.That(versions.All(version => SnapshotSigner.IsSigned(version.Hash, version.Signature, version.Signer)));
        Assert.That((await center.RowsAsync()).StartsWith(before[..200], StringComparison.Ordinal), "the first version is as it was");
    }

    [Test]
    public async Task ACorrectedDayBringsItsClosedPeriodsBackByItself()
    {
        await using var center = await AssessmentCenter.StartAsync();
        await PatrolAsync(center);
        await center.RunAsync(October, new DateOnly(2026, 11, 1));
        await center.WalkAsync(1, new DateOnly(2026, 10, 10), await center.CellsAsync(AssessmentCenter.FirstGrid));
        center.Clock.At = center.Clock.At.AddDays(1);
        await center.ExecuteAsync(
            "insert into coverage_days (day, version, reckoned_at, corrected_at, workers, credited_ms, cells, visits, passes) values ('2026-10-10', 2, @at, @at, 1, 1, 1, 1, 0)",
            new { at = center.Clock.At.AddMinutes(-1) });
        await center.RunAsync(new DateOnly(2026, 11, 2), new DateOnly(2026, 11, 3));
        Assert.That((await center.VersionsAsync(PeriodKind.Month)).Select(version => (version.Starts.Month, version.Version)), Is.EqualTo(new[] { (10, 1), (10, 2), (11, 1) }));
        var outcome = await center.RunAsync(new DateOnly(2026, 11, 2), new DateOnly(2026, 11, 3));
        Assert.That(outcome.Counts!["periods"], Is.EqualTo(3), "what was looked at since is not looked at again");
    }

    [Test]
    public async Task AnExclusionMakesANewVersionThatSaysSo()
    {
        await using var center = await AssessmentCenter.StartAsync();
        await PatrolAsync(center);
        await center.ReckonAsync(PeriodKind.Month, October);
        center.Clock.At = center.Clock.At.AddHours(1);
        await ExcludeAsync(center, 1, new DateOnly(2026, 10, 8), 2);
        await center.ReckonAsync(PeriodKind.Month, October);
        Assert.That((await center.VersionsAsync(PeriodKind.Month))[^1].Reason, Is.EqualTo("exclusion"));
        Assert.That(Of(await center.BodyAsync(PeriodKind.Month, October, "W1"), "patrol-regularity"), Is.EqualTo(((double?)7, (double?)8, "")));
    }

    [Test]
    public async Task WhatBreaksHalfWayLeavesNothingAndTheNextRunLeavesTheSameRows()
    {
        await using var whole = await AssessmentCenter.StartAsync();
        await PatrolAsync(whole);
        await whole.RunAsync(October, new DateOnly(2026, 11, 1));
        var expected = await whole.RowsAsync();

        await using var center = await AssessmentCenter.StartAsync();
        await PatrolAsync(center);
        await Assert.ThatAsync(() => center.Reckoner(new BreakingGround()).ReckonAsync(PeriodRules.Of(PeriodKind.Month, October), default), Throws.TypeOf<IOException>());
        Assert.That(await center.ReadAsync<long>("select (select count(*) from assessment_snapshots) + (select count(*) from assessment_scores)"), Is.Zero);
        await center.RunAsync(October, new DateOnly(2026, 11, 1));
        Assert.That(await center.RowsAsync(), Is.EqualTo(expected));
    }

    [Test]
    public async Task TwoNodesAtOnceMakeOneVersion()
    {
        await using var center = await AssessmentCenter.StartAsync();
        await PatrolAsync(center);
        var both = await Task.WhenAll(center.ReckonAsync(PeriodKind.Month, October), center.ReckonAsync(PeriodKind.Month, October));
        Assert.That(both.Select(one => one.What), Is.EquivalentTo(new[] { Reckoned.Closed, Reckoned.Same }));
        Assert.That(await center.VersionsAsync(PeriodKind.Month), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task AQuarterIsTheSumOfItsMonthsAndARunningOneIsProvisional()
    {
        await using var center = await AssessmentCenter.StartAsync();
        await PatrolAsync(center);
        await center.DutyAsync(1, new DateOnly(2026, 11, 1), 1);
        await center.WalkAsync(1, new DateOnly(2026, 11, 1), await center.CellsAsync(AssessmentCenter.FirstGrid));
        var outcome = await center.RunAsync(new DateOnly(2026, 10, 31), new DateOnly(2026, 11, 2));
        Assert.That(outcome.Counts!["periods"], Is.EqualTo(4), "one week (26 October to 1 November), two months, the quarter");
        Assert.That(Of(await center.BodyAsync(PeriodKind.Quarter, October, "W1"), "patrol-regularity"), Is.EqualTo(((double?)9, (double?)11, "")));
        Assert.That((await center.VersionsAsync(PeriodKind.Quarter)).Single().ClosedAt, Is.Null);
        await center.RunAsync(new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 2));
        Assert.That((await center.VersionsAsync(PeriodKind.Quarter)).Single().Version, Is.EqualTo(1), "open ones are replaced");
    }

    [Test]
    public async Task OfTheDayThatRunsCountsWhatIsSettled()
    {
        await using var center = await AssessmentCenter.StartAsync();
        var today = new DateOnly(2026, 11, 1);
        center.Clock.At = new DateTimeOffset(2026, 11, 1, 11, 0, 0, TimeSpan.FromHours(8)).ToUniversalTime();
        await center.DutyAsync(1, today, 1);
        await center.DutyAsync(2, today, 1);
        await center.WalkAsync(1, today, await center.CellsAsync(AssessmentCenter.FirstGrid));

        await center.ReckonAsync(PeriodKind.Month, today);

        Assert.That(Of(await center.BodyAsync(PeriodKind.Month, today, "W1"), "patrol-regularity"), Is.EqualTo(((double?)1, (double?)1, "")));
        var idle = await center.BodyAsync(PeriodKind.Month, today, "W2");
        Assert.That(Of(idle, "patrol-regularity"), Is.EqualTo(((double?)null, (double?)null, "nothing-due")), "the day is not over");
        Assert.That(idle.Indicators.Single(one => one.Indicator == "patrol-regularity").Excluded.Select(one => (one.Kind, one.Amount)), Is.EqualTo(new[] { ("pending", 1.0) }));
        Assert.That(idle.Indicators.Single(one => one.Indicator == "grid-coverage").NoData, Is.Not.Null, "no week is over");
    }

    [Test]
    public async Task WhoWasWrittenDownLaterIsAssessedForWhenTheyWereOnDuty()
    {
        await using var center = await AssessmentCenter.StartAsync();
        await PatrolAsync(center);
        await center.ExecuteAsync("update workers set created_at = '2026-11-02' where id in (1, 3)");

        await center.ReckonAsync(PeriodKind.Month, October);

        Assert.That(Of(await center.BodyAsync(PeriodKind.Month, October, "W1"), "patrol-regularity"), Is.EqualTo(((double?)8, (double?)10, "")));
        Assert.That(await center.ReadAsync<int>("select count(*) from assessment_scores where subject = 'W3'"), Is.Zero, "never on duty, and not there yet");
    }

    [Test]
    public async Task MonthsBeginAtMidnightOfTheCentersZone()
    {
        await using var center = await AssessmentCenter.StartAsync();
        var midnight = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.FromHours(8));
        await center.AlarmAsync(Guid.NewGuid(), midnight.AddMilliseconds(-1), 30);
        await center.AlarmAsync(Guid.NewGuid(), midnight, 90);
        await center.AlarmAsync(Guid.NewGuid(), midnight.AddHours(1), 10, exercise: true);
        await center.RunAsync(October, new DateOnly(2026, 11, 2));
        Assert.That(Of(await center.BodyAsync(PeriodKind.Month, October, "G1"), "alarm-acknowledged").Item1, Is.EqualTo(1));
        var november = await center.BodyAsync(PeriodKind.Month, new DateOnly(2026, 11, 1), "G1");
        Assert.That(november.Indicators.Single(one => one.Indicator == "alarm-acknowledged"), Has.Property("Numerator").EqualTo(0).And.Property("Denominator").EqualTo(1));
        Assert.That(november.Indicators.Single(one => one.Indicator == "alarm-acknowledged").Excluded.Single().Kind, Is.EqualTo("exercise"));
    }

    [Test]
    public async Task WhatItsTracksWereLetGoOfStaysAsItIs()
    {
        await using var center = await AssessmentCenter.StartAsync();
        await PatrolAsync(center);
        await center.ReckonAsync(PeriodKind.Month, October);
        await center.ExecuteAsync("delete from coverage_worker_days");
        center.Clock.At = center.Clock.At.AddDays(80);
        Assert.That((await center.ReckonAsync(PeriodKind.Month, October)).What, Is.EqualTo(Reckoned.SourcesGone));
        Assert.That(await center.VersionsAsync(PeriodKind.Month), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task WhoIsErasedLeavesTheirHashAloneAndTheMonthVerifiable()
    {
        await using var center = await AssessmentCenter.StartAsync();
        await PatrolAsync(center);
        await center.ReckonAsync(PeriodKind.Month, October);
        await using (var connection = await center.Backends.DataSource.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            var erasure = new ErasureRow { WorkerId = 1, UntilMs = center.Clock.At.AddDays(1).ToUnixTimeMilliseconds() };
            var eraser = new AssessmentEraser();
            Assert.That(await eraser.IsLeftAsync(connection, erasure, default));
            await eraser.EraseSomeAsync(connection, transaction, erasure, center.Clock.At, default);
            await transaction.CommitAsync();
            Assert.That(await eraser.IsLeftAsync(connection, erasure, default), Is.False);
            var snapshot = (await center.VersionsAsync(PeriodKind.Month)).Single();
            var hashes = await SnapshotStore.HashesAsync(connection, null, snapshot.Id, default);
            Assert.That(
                SnapshotHash.Of(snapshot.Period, 1, snapshot.PolicyVersion, new DateTimeOffset(snapshot.ClosedAt!.Value, TimeSpan.Zero), hashes), Is.EqualTo(snapshot.Hash));
            foreach (var (salt, body, hash) in await connection.QueryAsync<(byte[], string, byte[])>("select salt, body, hash from assessment_scores where body is not null"))
            {
                Assert.That(SnapshotHash.OfRow(salt, body), Is.EqualTo(hash));
            }
        }

        Assert.That(await center.ReadAsync<long>("select count(*) from assessment_scores where worker_id = 1 or subject = 'W1' or body like '%W1%'"), Is.Zero);
    }

    [Test]
    public async Task EvidenceGoesFirstAndTheScoreLater()
    {
        await using var center = await AssessmentCenter.StartAsync();
        await PatrolAsync(center);
        await center.ReckonAsync(PeriodKind.Month, October);
        var sweep = new AssessmentSweep(center.Backends.DataSource, Options.Create(new AssessmentOptions()), center.Clock);
        Assert.That((await sweep.RunAsync((_, _) => Task.CompletedTask, default)).Rows, Is.Zero);
        center.Clock.At = center.Clock.At.AddDays(401);
        Assert.That((await sweep.RunAsync((_, _) => Task.CompletedTask, default)).Rows, Is.GreaterThan(0));
        Assert.That(await center.ReadAsync<(long, long)>("select count(evidence), count(body) from assessment_scores"), Is.EqualTo((0L, 7L)));
        center.Clock.At = center.Clock.At.AddDays(700);
        await sweep.RunAsync((_, _) => Task.CompletedTask, default);
        Assert.That(await center.ReadAsync<long>("select (select count(*) from assessment_snapshots) + (select count(*) from assessment_exclusions)"), Is.Zero);
    }

    private static (double?, double?, string) Of(ScoreBody body, string indicator)
    {
        var one = body.Indicators.Single(one => one.Indicator == indicator);
        return (one.Numerator, one.Denominator, one.NoData is "too-few" ? "" : one.NoData ?? "");
    }

    /// <summary>Squares of the first and of the second grid.</summary>
    private static async Task<(int First, int Second)> PatrolAsync(AssessmentCenter center)
    {
        var cells = await center.CellsAsync(AssessmentCenter.FirstGrid);
        await center.DutyAsync(1, October, 10);
        for (var day = 0; day < 8; day++)
        {
            await center.WalkAsync(1, October.AddDays(day), day == 1 ? cells : day == 7 ? cells.Take(cells.Count / 2) : []);
        }

        await center.TrackedAsync(1, October.AddDays(8));
        await center.TrackedAsync(1, October.AddDays(9));
        await center.DutyAsync(2, October, 5);
        await center.WalkAsync(2, October, []);
        await center.TrackedAsync(2, October.AddDays(1));
        await ExcludeAsync(center, 2, October.AddDays(2), 2);
        var noon = new DateTimeOffset(2026, 10, 5, 4, 0, 0, TimeSpan.Zero);
        await center.SentAsync(3, noon, 20, 300, 3_600);
        await center.SentAsync(3, noon.AddHours(4), 60, 601, 7_200);
        await center.SentAsync(3, noon.AddHours(8), 61, null, null);
        await center.SentAsync(3, noon.AddHours(12), 1, 1, 1, exercise: true);
        return (cells.Count, (await center.CellsAsync(AssessmentCenter.SecondGrid)).Count);
    }

    private static Task ExcludeAsync(AssessmentCenter center, int worker, DateOnly from, int days) => center.ExecuteAsync(
        "insert into assessment_exclusions (subject_kind, worker_id, area_id, kind, from_day, to_day, set_by, set_at) values (0, @worker, 5, 'leave', @from, @to, 'x', @at)",
        new { worker, from, to = from.AddDays(days), at = center.Clock.At });

    private sealed class BreakingGround : IAssessedGround
    {
        public Task<GroundOfDay> ReadAsync(AreaTree tree, DateOnly day, CancellationToken cancellationToken) => throw new IOException("The disk is away.");
    }
}
