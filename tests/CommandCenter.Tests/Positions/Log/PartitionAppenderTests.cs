using System.Diagnostics.Metrics;
using CommandCenter.Positions.Log;
using CommandCenter.Storage;
using CommandCenter.Tests.Tracks;
using CommandCenter.Tracks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CommandCenter.Tests.Positions.Log;

/// <summary>The group commit's promises to those who wait, with a log that nobody writes.</summary>
public sealed class PartitionAppenderTests
{
    private readonly ManualTime _time = new();

    [Test]
    public void ASilentLogIsGivenUpAtTheDeadlineOfItsBatch()
    {
        var appender = New();
        var first = appender.AppendAsync([Fixes.At(Fixes.Noon)]);
        _time.Pass(TimeSpan.FromSeconds(1));
        var second = appender.AppendAsync([Fixes.At(Fixes.Noon)]);
        Assert.That(first.IsCompleted, Is.False);

        _time.Pass(TimeSpan.FromSeconds(1));

        Assert.That((first.Result, second.Result), Is.EqualTo((AppendOutcome.Unavailable, AppendOutcome.Unavailable)));
    }

    [Test]
    public async Task AllOfALargeBatchAreGivenUpAtItsDeadlineAndWhoComesAfterItAtOnce()
    {
        var appender = New();
        var waiting = Enumerable.Range(0, 5 * AppendBatch.WaitersATask).Select(_ => appender.AppendAsync([Fixes.At(Fixes.Noon)])).ToList();

        _time.Pass(TimeSpan.FromSeconds(2));
        waiting.Add(appender.AppendAsync([Fixes.At(Fixes.Noon)]));

        Assert.That(await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(20)), Has.All.EqualTo(AppendOutcome.Unavailable));
    }

    [Test]
    public void SomeDozensWhoWaitForABatchWaitForOneTask()
    {
        var appender = New();

        var tasks = Enumerable.Range(0, 3 * AppendBatch.WaitersATask).Select(_ => appender.AppendAsync([Fixes.At(Fixes.Noon)])).ToList();

        Assert.That(tasks.Distinct().Count(), Is.EqualTo(3));
    }

    [TestCase(1)]
    [TestCase(AppendBatch.WaitersATask)]
    [TestCase((5 * AppendBatch.WaitersATask) + 1)]
    public async Task EverybodyIsAnsweredHoweverManyWait(int waiters)
    {
        var batch = new AppendBatch(new Fix[1_000], _time, TimeSpan.FromSeconds(1));
        var waiting = Enumerable.Range(0, waiters).Select(_ => Add(batch)).ToList();

        batch.Answer(AppendOutcome.Durable);

        Assert.That(await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(20)), Has.All.EqualTo(AppendOutcome.Durable));
    }

    [Test]
    public void AFewAreAnsweredOnTheThreadThatKnows()
    {
        var batch = new AppendBatch(new Fix[1_000], _time, TimeSpan.FromSeconds(1));
        var thread = 0;
        _ = Add(batch).ContinueWith(_ => thread = Environment.CurrentManagedThreadId, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        batch.Answer(AppendOutcome.Durable);

        Assert.That(thread, Is.EqualTo(Environment.CurrentManagedThreadId));
    }

    [Test]
    public void PastTheBoundOfThoseWhoWaitTheLogIsFull()
    {
        var appender = New(waiting: 1_000);
        var fixes = Enumerable.Repeat(Fixes.At(Fixes.Noon), 600).ToArray();
        _ = appender.AppendAsync(fixes);

        Assert.That(appender.AppendAsync(fixes).Result, Is.EqualTo(AppendOutcome.Full));
    }

    private static Task<AppendOutcome> Add(AppendBatch batch)
    {
        ReadOnlySpan<Fix> one = [Fixes.At(Fixes.Noon)];
        return batch.Add(ref one);
    }

    private PartitionAppender New(int waiting = 100_000)
    {
        var options = Options.Create(new PositionLogOptions { WaitingFixes = waiting });
        var redis = new RedisConnection(
            new BackendAddresses("", "127.0.0.1:1"), Options.Create(new StorageOptions()), TimeProvider.System, NullLogger<RedisConnection>.Instance);
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        return new PartitionAppender(0, redis, _time, options.Value, TimeSpan.FromSeconds(1.5), new LogSize(options), new LogMetrics(meters));
    }
}
