using CommandCenter.Storage;
using CommandCenter.Tests.Positions;

namespace CommandCenter.Tests.Storage;

public sealed class HeldLeaseTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(21);

    private readonly List<double> _held = [];
    private ManualTime _time = null!;
    private DateTimeOffset _start;
    private bool _isFree;
    private HeldLease _lease = null!;

    [SetUp]
    public void Take()
    {
        _held.Clear();
        _time = new ManualTime();
        _start = _time.GetUtcNow();
        _isFree = true;
        _lease = new HeldLease(
            _ =>
            {
                _held.Add((_time.GetUtcNow() - _start).TotalSeconds);
                return Task.FromResult(_isFree);
            },
            Duration,
            _time);
    }

    [Test]
    public async Task IsProlongedThroughWorkThatTakesLongerThanItLasts()
    {
        Assert.That(await _lease.TakeAsync(default), Is.True);
        Assert.That(await _lease.EachAsync(Enumerable.Range(0, 30), Step, default), Is.True);

        Assert.That(_held, Is.EqualTo(new[] { 0.0, 8, 16, 24, 32, 40, 48, 56 }), "a third of it is seven seconds, and a step takes two");
    }

    [Test]
    public async Task ShortWorkAsksForItOnce()
    {
        await _lease.TakeAsync(default);
        await _lease.EachAsync(Enumerable.Range(0, 3), Step, default);

        Assert.That(_held, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task WorkEndsWhereAnotherNodeHasIt()
    {
        var done = 0;
        await _lease.TakeAsync(default);

        var whole = await _lease.EachAsync(
            Enumerable.Range(0, 30),
            step =>
            {
                done++;
                _isFree = step < 10;
                return Step(step);
            },
            default);

        Assert.That((whole, done), Is.EqualTo((false, 12)), "it was prolonged for step 8, and lost when step 12 was to begin");
    }

    [Test]
    public async Task IsNotTakenFromAnotherNode()
    {
        _isFree = false;
        Assert.That(await _lease.TakeAsync(default), Is.False);
    }

    private Task Step(int step)
    {
        _time.Pass(TimeSpan.FromSeconds(2));
        return Task.CompletedTask;
    }
}
