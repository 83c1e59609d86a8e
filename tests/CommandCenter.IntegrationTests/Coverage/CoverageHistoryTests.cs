namespace CommandCenter.IntegrationTests.Coverage;

/// <summary>Days that had tracks before there was any coverage, or got them when they were over.</summary>
public sealed class CoverageHistoryTests
{
    /// <summary>At the center it is noon of it.</summary>
    private static readonly DateOnly Today = new(2026, 11, 20);

    private ReckoningCenter _center = null!;

    [SetUp]
    public async Task StartAsync() => _center = await ReckoningCenter.StartAsync();

    [TearDown]
    public Task StopAsync() => _center.DisposeAsync().AsTask();

    [Test]
    public async Task AreReckonedByThemselvesSomeAtATimeNewestFirst()
    {
        await _center.KeepAsync([.. Enumerable.Range(1, 5).Select(ago => Walk(Today.AddDays(-ago)))]);

        var first = await _center.RunAsync(Today);
        Assert.That(await DaysAsync(), Is.EqualTo(Days(0, 1, 2, 3)), first.Text);
        Assert.That(first.Counts!["missingDays"], Is.EqualTo(3));
        await _center.RunAsync(Today);
        Assert.That(await DaysAsync(), Is.EqualTo(Days(0, 1, 2, 3, 4, 5)));

        Assert.That((await _center.RunAsync(Today)).Counts!["missingDays"], Is.Zero, "there is nothing more to do");
        var step = await _center.RowsAsync();
        await _center.ExecuteAsync("truncate coverage_worker_days, coverage_tiles, coverage_days");
        await _center.RunAsync(Today.AddDays(-5), Today.AddDays(1));
        Assert.That(await _center.RowsAsync(), Is.EqualTo(step), "as if they had been asked for");
        Assert.That((await _center.DayAsync(Today.AddDays(-1)))!.CorrectedAt, Is.Null, "what was never said is not corrected");
    }

    [Test]
    public async Task AreLeftOutWhereOnlyPartOfTheirTracksIsKept()
    {
        _center.Keeping.RawDays = 3;
        await _center.KeepAsync([.. Enumerable.Range(1, 4).Select(ago => Walk(Today.AddDays(-ago)))]);

        await _center.RunAsync(Today);
        await _center.RunAsync(Today);

        Assert.That(await DaysAsync(), Is.EqualTo(Days(0, 1, 2)), "of the third day before, the morning is let go already");
    }

    [Test]
    public async Task AnAreasOwnRuleReachesFurtherBack()
    {
        _center.Keeping.RawDays = 3;
        await _center.KeepAsync(Walk(Today.AddDays(-9)));
        await _center.ExecuteAsync("insert into areas (id, code, name, kind, created_at) overriding system value values (1, '14', 'all', 1, now())");
        await _center.ExecuteAsync("insert into track_retention (area_id, days, reason, set_at, set_by) values (1, 30, 'case', now(), 'admin')");

        await _center.RunAsync(Today);

        Assert.That(await DaysAsync(), Is.EqualTo(Days(0, 9)));
    }

    [Test]
    public async Task ALongRunOfThemLooksAtTodayInBetween()
    {
        await _center.KeepAsync(Walk(Today), Walk(Today.AddDays(-1)));
        _center.BeforeDay = () => _center.Now = _center.Now.AddMinutes(4);

        var outcome = await _center.RunAsync(Today.AddDays(-4), Today);

        var today = (await _center.DayAsync(Today))!;
        Assert.That(today.Totals.CreditedMs, Is.EqualTo(10 * 60_000));
        Assert.That(today.ReckonedAt, Is.GreaterThan(new DateTimeOffset(2026, 11, 20, 4, 5, 0, TimeSpan.Zero)), "not at the beginning alone");
        Assert.That(outcome.Counts!["days"], Is.EqualTo(4), "it was not asked for");
    }

    [Test]
    public async Task AreNotTouchedByARunOfDaysThatAreOver()
    {
        await _center.KeepAsync(Walk(Today.AddDays(-1)), Walk(Today.AddDays(-2)));

        await _center.RunAsync(Today.AddDays(-2));

        Assert.That(await DaysAsync(), Is.EqualTo(Days(2)));
    }

    private static IEnumerable<CommandCenter.Tracks.Fix> Walk(DateOnly day) =>
        ReckoningCenter.Walk(1, new DateTimeOffset(day.ToDateTime(new TimeOnly(0, 10)), TimeSpan.FromHours(8)), 10);

    private static string[] Days(params int[] ago) => [.. ago.Select(days => Today.AddDays(-days).ToString("yyyy-MM-dd"))];

    private async Task<string[]> DaysAsync() =>
        (await _center.ReadAsync<string>("select coalesce(string_agg(day::text, ' ' order by day desc), '') from coverage_days")).Split(' ');
}
