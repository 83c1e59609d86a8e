using System.Diagnostics.Metrics;
using CommandCenter.Positions.Log;
using CommandCenter.Storage;
using CommandCenter.Tests.Tracks;
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
    public void AllWhoWaitForABatchWaitForOneTask()
    {
        var appender = New();
        var first = appender.AppendAsync([Fixes.At(Fixes.Noon)]);

        Assert.That(appender.AppendAsync([Fixes.At(Fixes.Noon)]), Is.SameAs(first));
    }

    [Test]
    public void PastTheBoundOfThoseWhoWaitTheLogIsFull()
    {
        var appender = New(waiting: 1_000);
        var fixes = Enumerable.Repeat(Fixes.At(Fixes.Noon), 600).ToArray();
        _ = appender.AppendAsync(fixes);

        Assert.That(appender.AppendAsync(fixes).Result, Is.EqualTo(AppendOutcome.Full));
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
