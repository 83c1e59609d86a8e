using CommandCenter.Basemaps;
using CommandCenter.Tests.Positions;
using Microsoft.Extensions.Options;

namespace CommandCenter.Tests.Basemaps;

public sealed class ViewerLanesTests
{
    private readonly ManualTime _time = new();

    [Test]
    public async Task LetsSoManyInAtATimeThenSoManyWaitAndTurnsTheRestAway()
    {
        var lanes = Lanes();
        var places = Enumerable.Range(0, 6).Select(_ => lanes.EnterAsync(1, default).AsTask()).ToList();
        Assert.That(places.Select(place => place.IsCompleted), Is.EqualTo(new[] { true, true, false, false, false, true }));
        Assert.That(await places[5], Is.Null);

        (await places[0])!.Dispose();
        Assert.That(await places[2].WaitAsync(TimeSpan.FromSeconds(10)), Is.Not.Null, "the next in the line");
        Assert.That(lanes.EnterAsync(1, default).IsCompleted, Is.False, "one may wait again");
    }

    [Test]
    public async Task KeepsNobodyWaitingForSomebodyElse()
    {
        var lanes = Lanes();
        for (var n = 0; n < 5; n++)
        {
            _ = lanes.EnterAsync(1, default).AsTask();
        }

        Assert.That(await lanes.EnterAsync(2, default), Is.Not.Null);
    }

    [Test]
    public async Task LeavesOneOfAllRequestsToTheOthers()
    {
        var lanes = Lanes(upstreamRequests: 2);
        Assert.That(await lanes.EnterAsync(1, default), Is.Not.Null);
        Assert.That(lanes.EnterAsync(1, default).IsCompleted, Is.False);
    }

    [Test]
    public async Task ForgetsWhoHasNothingUnderWay()
    {
        var lanes = Lanes();
        using var leaving = new CancellationTokenSource();
        var place = await lanes.EnterAsync(1, default);
        var second = await lanes.EnterAsync(1, default);
        var waiting = lanes.EnterAsync(1, leaving.Token).AsTask();
        await leaving.CancelAsync();
        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
        place!.Dispose();
        Assert.That(lanes.Count, Is.EqualTo(1));
        second!.Dispose();
        Assert.That(lanes.Count, Is.Zero);
    }

    [Test]
    public void SaysHowLongToStayAwayOnceAMinutesTilesAreFetched()
    {
        var lanes = Lanes();
        Assert.That(Enumerable.Range(0, 5).Select(_ => lanes.Charge(1)), Is.All.EqualTo(TimeSpan.Zero));
        Assert.That(lanes.Charge(1), Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(lanes.Charge(2), Is.EqualTo(TimeSpan.Zero), "another's are another's");
        _time.Pass(TimeSpan.FromSeconds(1));
        Assert.That(lanes.Charge(1), Is.EqualTo(TimeSpan.Zero));
    }

    private ViewerLanes Lanes(int upstreamRequests = 16) => new(
        Options.Create(new BasemapOptions
        {
            UpstreamRequests = upstreamRequests,
            ViewerRequests = 2,
            ViewerQueue = 3,
            ViewerTilesPerMinute = 60,
            ViewerTilesAtOnce = 5,
        }),
        _time);
}
