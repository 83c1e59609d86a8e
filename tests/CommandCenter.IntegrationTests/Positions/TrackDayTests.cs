using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Storage;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Folding;
using CommandCenter.Tracks.Meaning;
using CommandCenter.Web;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.IntegrationTests.Positions;

/// <summary>Workers' days, summed up from what the writer stores, on a real PostgreSQL; the clock stands where the test puts it.</summary>
public sealed partial class TrackDayTests
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 20, 1, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset DayAfter = new(2026, 11, 21, 1, 0, 0, TimeSpan.Zero);

    private Backends _backends = null!;
    private TrackStore _tracks = null!;
    private TrackDayStore _days = null!;
    private Clock _time = null!;
    private int _position;

    [SetUp]
    public async Task StartAsync()
    {
        _backends = await Backends.FreshAsync();
        _tracks = new TrackStore(_backends.DataSource);
        _days = new TrackDayStore(_backends.DataSource);
        _time = new Clock(DayAfter);
        _position = 0;
        await _tracks.ReadPositionAsync(0, default);
    }

    [TearDown]
    public async Task StopAsync() => await _backends.DisposeAsync();

    [Test]
    public async Task ADayIsSummedUpFromWhatIsStored()
    {
        await StoreAsync(0, 100);
        await SumUpAsync();

        var day = await DayAsync();
        Assert.That(day.Fixes, Is.EqualTo(100));
        Assert.That(day.LengthMeters, Is.EqualTo(990).Within(2));
        Assert.That(day.Trips, Is.EqualTo(1));
        Assert.That(day.CorrectedAt, Is.Null);
        Assert.That(day.DueSince, Is.Null);
        Assert.That(await CountAsync("track_days_due"), Is.Zero);
    }

    [Test]
    public async Task LateDataCorrectsADayThatWasSummedUp()
    {
        await StoreAsync(0, 100);
        await SumUpAsync();
        _time.Now += TimeSpan.FromHours(2);
        await StoreAsync(100, 150);
        await SumUpAsync();

        var day = await DayAsync();
        Assert.That(day.Fixes, Is.EqualTo(150));
        Assert.That(day.LengthMeters, Is.EqualTo(1_490).Within(2));
        Assert.That(day.CorrectedAt, Is.EqualTo(_time.Now.UtcDateTime));
    }

    [Test]
    public async Task TheSameFixesAgainCorrectNothing()
    {
        await StoreAsync(0, 100);
        await SumUpAsync();
        var before = await DayAsync();
        _time.Now += TimeSpan.FromHours(2);
        await StoreAsync(20, 60);
        await SumUpAsync();

        var day = await DayAsync();
        Assert.That(day with { SummedAt = before.SummedAt, Marks = before.Marks }, Is.EqualTo(before));
        Assert.That(day.SummedAt, Is.EqualTo(_time.Now.UtcDateTime), "but it was looked at");
    }

    [Test]
    public async Task ARunningDayGrowsAndIsNotCorrected()
    {
        _time.Now = Morning.AddHours(2);
        await StoreAsync(0, 100);
        Assert.That(await SumUpAsync(), Is.Zero, "its summary may be half an hour old");
        _time.Now += TimeSpan.FromMinutes(31);
        await SumUpAsync();
        Assert.That((await DayAsync()).Fixes, Is.EqualTo(100));
        await StoreAsync(100, 150);
        await SumUpAsync();
        _time.Now += TimeSpan.FromMinutes(31);
        await SumUpAsync();

        var day = await DayAsync();
        Assert.That(day.Fixes, Is.EqualTo(150));
        Assert.That(day.CorrectedAt, Is.Null);
        _time.Now = DayAfter;
        await StoreAsync(150, 160);
        await SumUpAsync();
        Assert.That((await DayAsync()).CorrectedAt, Is.Null, "the first summary of the whole day corrects none");
    }

    [Test]
    public async Task WhatIsStoredWhileADayIsSummedUpIsNotForgotten()
    {
        await StoreAsync(0, 100);
        await TakeAsync();
        var due = (await DueAsync()).Single();
        var meaning = new TrackMeaning(new TrackMeaningOptions());
        meaning.Read((await _tracks.ReadAsync(3, Morning.ToUnixTimeMilliseconds(), DayAfter.ToUnixTimeMilliseconds(), default)).ToArray());
        await StoreAsync(100, 150);
        await TakeAsync();
        await _days.WriteAsync(due, TrackDayRules.SumOf(meaning), 0, DayAfter, _time.Now, default);

        Assert.That((await DayAsync()).DueSince, Is.Not.Null);
        await SumUpAsync();
        Assert.That((await DayAsync()).Fixes, Is.EqualTo(150));
    }

    [Test]
    public async Task AJobThatDiesBetweenAnyTwoStepsLosesNothing()
    {
        await StoreAsync(0, 100);
        Assert.That(await CountAsync("track_days_due"), Is.EqualTo(1), "died before it took the note");

        await TakeAsync();
        Assert.That(await CountAsync("track_days_due"), Is.Zero);
        Assert.That((await DueAsync()).Single().WorkerId, Is.EqualTo(3), "died after it took the note");

        Assert.That(await SumUpAsync(), Is.EqualTo(1), "another one goes on");
        Assert.That((await DayAsync()).Fixes, Is.EqualTo(100));
        Assert.That(await SumUpAsync(), Is.Zero, "and has nothing to do again");
    }

    [Test]
    public async Task OnlyAFoldingThatTookPlaceIsNoted()
    {
        var piece = Piece(0, 10);
        var folding = new TrackFoldStore(_backends.DataSource);
        Assert.That(await folding.FoldAsync(piece.HourMs, [3], default), Is.Zero, "there is nothing yet");
        Assert.That(await _tracks.AppendAsync(0, "0-0", "1-0", [piece], default), Is.True);
        Assert.That(await CountAsync("track_days_due"), Is.Zero, "stored pieces alone are not noted");
        await Assert.ThatAsync(() => folding.FoldAsync(piece.HourMs, [3], default), Throws.InstanceOf<PostgresException>(), "the day has no partition");
        Assert.That(await CountAsync("track_days_due"), Is.Zero);

        await new TrackPartitions(_backends.DataSource).EnsureAsync(TrackPartitions.DayOf(piece.HourMs), default);
        Assert.That(await folding.FoldAsync(piece.HourMs, [3], default), Is.EqualTo(1));
        Assert.That(await CountAsync("track_days_due"), Is.EqualTo(1));
    }

    [TestCase(60)]
    [TestCase(160)]
    public async Task ALateFixLeavesTheSummaryOfADayWhoseTrackWasLetGoAsItWasAndTheSummarySaysSo(int late)
    {
        await StoreAsync(0, 100);
        await SumUpAsync();
        var before = await DayAsync();
        await ExecuteAsync("delete from track_segments");
        await ExecuteAsync("update track_days set raw_dropped_at = now()");
        _time.Now += TimeSpan.FromDays(91);
        await StoreAsync(200, 200 + late);
        await SumUpAsync();

        var day = await DayAsync();
        Assert.That(day with { Marks = before.Marks, IncompleteSince = null }, Is.EqualTo(before), "more fixes than there were are not the day either");
        Assert.That(day.IncompleteSince, Is.EqualTo(_time.Now.UtcDateTime));
        Assert.That(day.DueSince, Is.Null);
    }

    [Test]
    public async Task ADayWhoseTrackWentBeforeThatWasNotedIsKeptToo()
    {
        await StoreAsync(0, 100);
        await SumUpAsync();
        await ExecuteAsync("delete from track_segments");
        await StoreAsync(200, 205);
        await SumUpAsync();

        Assert.That((await DayAsync()).Fixes, Is.EqualTo(100));
        Assert.That((await DayAsync()).IncompleteSince, Is.Not.Null);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task ADayThatWasNeverSummedUpBeforeAPartOfItWentDoesNotSayItIsWhole(bool noted)
    {
        await StoreAsync(0, 100);
        await StoreAsync(1_000, 1_100);
        if (noted)
        {
            await TakeAsync();
        }

        await DropAsync("fixes = 100 and first_ms = @first");
        await SumUpAsync();

        var day = await DayAsync();
        Assert.That(day.Fixes, Is.EqualTo(100));
        Assert.That(day.IncompleteSince, Is.EqualTo(_time.Now.UtcDateTime));
        Assert.That(day.DueSince, Is.Null);
    }

    [Test]
    public async Task ADayThatWentAsAWholeBeforeItWasSummedUpIsNotWhatCameLate()
    {
        await StoreAsync(0, 100);
        await DropAsync("true");
        await SumUpAsync();
        Assert.That(await CountAsync("track_days where summed_at is not null or due_since is not null"), Is.Zero, "there is nothing to tell and nothing to do");

        _time.Now += TimeSpan.FromDays(2);
        await StoreAsync(200, 210);
        await SumUpAsync();

        var day = await DayAsync();
        Assert.That((day.Fixes, day.DueSince), Is.EqualTo((10, (DateTime?)null)));
        Assert.That(day.IncompleteSince, Is.Not.Null);
    }

    [Test]
    public async Task ANoteOfWhatWasErasedMeanwhileMakesNoDay()
    {
        await StoreAsync(0, 100);
        await TakeAsync();
        await ExecuteAsync("delete from track_segments");
        await SumUpAsync();

        Assert.That(await CountAsync("track_days"), Is.Zero);
    }

    [Test]
    public async Task WhatWasReadBeforeAnErasureIsNotWrittenAfterIt()
    {
        await StoreAsync(0, 100);
        await TakeAsync();
        var due = (await DueAsync()).Single();
        var meaning = new TrackMeaning(new TrackMeaningOptions());
        meaning.Read((await _tracks.ReadAsync(3, Morning.ToUnixTimeMilliseconds(), DayAfter.ToUnixTimeMilliseconds(), default)).ToArray());
        await ExecuteAsync("delete from track_segments; delete from track_days; insert into track_days_due values (3, " + TrackPiece.HourOf(Morning.ToUnixTimeMilliseconds()) + ")");
        _time.Now += TimeSpan.FromSeconds(1);
        await TakeAsync();

        await _days.WriteAsync(due, TrackDayRules.SumOf(meaning), 0, DayAfter, _time.Now, default);
        await SumUpAsync();

        Assert.That(await CountAsync("track_days"), Is.Zero);
    }

    [Test]
    public async Task WhatIsDamagedIsLeftOutOfADaysSummaryWhichSaysSo()
    {
        await StoreAsync(0, 100);
        await StoreAsync(720, 800);
        await StoreAsync(0, 100, worker: 4);
        await StoreAsync(0, 100, worker: 5);
        await ExecuteAsync("update track_segments set body = '\\x0901' where (worker_id = 3 and fixes = 100) or worker_id = 4");

        await SumUpAsync();
        Assert.That(((await DayAsync()).Fixes, await CountAsync("track_days where worker_id = 3 and incomplete_since is not null")), Is.EqualTo((80, 1)));
        Assert.That(((await DayAsync(4)).Fixes, await CountAsync("track_days where worker_id = 4 and incomplete_since is not null")), Is.EqualTo((0, 1)), "nothing of it can be read, and that is told");
        Assert.That(((await DayAsync(5)).Fixes, await CountAsync("track_days where worker_id = 5 and incomplete_since is null")), Is.EqualTo((100, 1)));
        Assert.That(await DueAsync(), Is.Empty, "reading them again would end no otherwise");
    }

    private Task<int> TakeAsync() => _days.TakeAsync(5_000, hours => TrackDayRules.DaysOf(hours, new CenterOptions()), _time.Now, default);

    private Task<List<DueDay>> DueAsync() => _days.DueAsync(TrackDayRules.RunningDay(_time.Now, new CenterOptions()), _time.Now.AddMinutes(-30), _time.Now, 100, default);

    /// <summary>A job made anew, as after a restart; how many days it had to do.</summary>
    private async Task<int> SumUpAsync()
    {
        using var job = new TrackDayJob(
            _tracks,
            _days,
            _backends.Redis,
            new SchemaMigrations(_backends.DataSource, NullLogger<SchemaMigrations>.Instance),
            _time,
            Options.Create(new CenterOptions()),
            Options.Create(new TrackMeaningOptions()),
            NullLogger<TrackDayJob>.Instance);
        var before = await SummedAsync();
        await job.StepAsync(default);
        return await SummedAsync() - before;
    }

    private Task<int> SummedAsync() => CountAsync("track_days where due_since is null");

    /// <summary>Stored and folded, which is when a day is noted.</summary>
    private async Task StoreAsync(int from, int until, int worker = 3)
    {
        var piece = Piece(from, until, worker);
        Assert.That(await _tracks.AppendAsync(0, $"{_position}-0", $"{++_position}-0", [piece], default), Is.True);
        await new TrackPartitions(_backends.DataSource).EnsureAsync(TrackPartitions.DayOf(piece.HourMs), default);
        Assert.That(await new TrackFoldStore(_backends.DataSource).FoldAsync(piece.HourMs, [worker], default), Is.EqualTo(1));
    }

    /// <summary>A walk to the north of 2 m/s, a fix each five seconds.</summary>
    private static TrackPiece Piece(int from, int until, int worker = 3) => TrackPiece.From([.. Enumerable.Range(from, until - from).Select(n => new Fix
    {
        DeviceId = worker,
        WorkerId = worker,
        FixTimeMs = Morning.ToUnixTimeMilliseconds() + (n * 5_000),
        LongitudeE7 = 1_125_600_000,
        LatitudeE7 = 378_600_000 + (n * 899),
        SpeedCmps = Fix.UnknownSpeed,
        HeadingDeci = Fix.UnknownHeading,
        AccuracyDm = 80,
        AltitudeM = Fix.UnknownAltitude,
        BatteryPercent = 50,
    })]);

    private async Task<Row> DayAsync(int worker = 3)
    {
        await using var connection = await _backends.DataSource.OpenConnectionAsync();
        return await connection.QuerySingleAsync<Row>(
            """
            select marks as "Marks", due_since as "DueSince", summed_at as "SummedAt", corrected_at as "CorrectedAt", fixes as "Fixes", length_meters as "LengthMeters", trips as "Trips", incomplete_since as "IncompleteSince"
            from track_days where worker_id = @worker
            """,
            new { worker });
    }

    /// <summary>What retention does with segments, in one transaction.</summary>
    private async Task DropAsync(string which)
    {
        await using var connection = await _backends.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var gone = await connection.QueryAsync<(int, long)>(
            $"delete from track_segments where {which} returning worker_id, hour_ms", new { first = Morning.ToUnixTimeMilliseconds() }, transaction);
        await TrackDayStore.MarkDroppedAsync(connection, transaction, [.. TrackDayRules.DaysOf(gone, new CenterOptions())], unfolded: false, _time.Now, default);
        await transaction.CommitAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _backends.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }

    private async Task<int> CountAsync(string from)
    {
        await using var connection = await _backends.DataSource.OpenConnectionAsync();
        return await connection.QuerySingleAsync<int>($"select count(*)::int from {from}");
    }

    private sealed record Row
    {
        public int Marks { get; init; }

        public DateTime? DueSince { get; init; }

        public DateTime? SummedAt { get; init; }

        public DateTime? CorrectedAt { get; init; }

        public int Fixes { get; init; }

        public float LengthMeters { get; init; }

        public int Trips { get; init; }

        public DateTime? IncompleteSince { get; init; }
    }

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
