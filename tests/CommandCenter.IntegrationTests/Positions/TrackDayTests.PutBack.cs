namespace CommandCenter.IntegrationTests.Positions;

/// <summary>Days whose tracks were put back, as under a hold.</summary>
public sealed partial class TrackDayTests
{
    [Test]
    public async Task ADayThatWasPutBackIsWholeAgainWhenAllOfItIsThere()
    {
        await StoreAsync(0, 100);
        await SumUpAsync();
        var whole = await DayAsync();
        await DropAsync("true");
        _time.Now += TimeSpan.FromDays(2);

        await StoreAsync(0, 50);
        await SumUpAsync();
        Assert.That(((await DayAsync()).Fixes, (await DayAsync()).IncompleteSince), Is.EqualTo((100, (DateTime?)_time.Now.UtcDateTime)), "half of it is not the day");

        await StoreAsync(50, 100);
        await SumUpAsync();
        var day = await DayAsync();
        Assert.That((day.Fixes, day.LengthMeters, day.IncompleteSince, day.DueSince), Is.EqualTo((100, whole.LengthMeters, (DateTime?)null, (DateTime?)null)));
        Assert.That(await CountAsync("track_days where raw_dropped_at is not null"), Is.Zero, "and what comes late now is summed up with it");

        await DropAsync("true");
        Assert.That(await CountAsync("track_days where raw_dropped_at is not null and incomplete_since is null"), Is.EqualTo(1), "when the hold is over it goes as before");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task ADayOfWhichSomethingCameAndWentUnseenIsNeverWholeAgain(bool summedUp)
    {
        await StoreAsync(0, 100);
        await SumUpAsync();
        await DropAsync("true");
        _time.Now += TimeSpan.FromDays(2);

        // Late, and let go with the next round: either it was noticed, or it was not even that.
        await StoreAsync(200, 210);
        if (summedUp)
        {
            await SumUpAsync();
        }

        await DropAsync("true");
        await SumUpAsync();
        await StoreAsync(0, 100);
        await SumUpAsync();

        Assert.That(((await DayAsync()).Fixes, (await DayAsync()).IncompleteSince is null), Is.EqualTo((100, false)));
    }

    [Test]
    public async Task ADayOfWhichNothingIsMissingButWhatWentBeforeItWasSummedUpIsNotWhole()
    {
        await StoreAsync(0, 100);
        await StoreAsync(720, 800);
        await DropAsync("fixes = 100");
        await SumUpAsync();
        await ExecuteAsync("insert into track_days_due select worker_id, hour_ms from track_segments");
        await SumUpAsync();

        Assert.That(((await DayAsync()).Fixes, (await DayAsync()).IncompleteSince is null), Is.EqualTo((80, false)), "it says the same again, and it was never all");
    }
}
