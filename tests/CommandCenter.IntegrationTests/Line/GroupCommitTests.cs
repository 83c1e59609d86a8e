using System.Diagnostics.Metrics;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Positions.Log;
using CommandCenter.Tracks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CommandCenter.IntegrationTests.Line;

/// <summary>The group commit and the log's readers on a real Redis.</summary>
public sealed class GroupCommitTests
{
    private const int Senders = 8;
    private const int FixesOfASender = 400;

    private static readonly PositionLogOptions Settings = new() { BatchFixes = 100 };

    private Backends _backends = null!;
    private CancellationTokenSource _stopping = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _backends = await Backends.FreshAsync(withSchema: false);
        _stopping = new CancellationTokenSource();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        _stopping.Dispose();
        await _backends.DisposeAsync();
    }

    [Test]
    public async Task AReaderThatAsksNowAndThenMissesNothingOfWhatTwoNodesAppend()
    {
        var nodes = new[] { Run(), Run() };
        var sending = Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => SendAsync(nodes[sender % nodes.Length].Appender, sender)));

        var read = new List<Fix>();
        var tail = new LogTail(_backends.Redis, 0, TimeSpan.FromMilliseconds(20), entriesARead: 16);
        var position = LogPosition.Start;
        bool isLast;
        do
        {
            isLast = sending.IsCompleted;
            LogRead found;
            do
            {
                found = await tail.ReadAsync(position, CancellationToken.None);
                position = found.Position;
                read.AddRange(found.Fixes);
            }
            while (found.EntryCount == tail.EntriesARead);
            await tail.WaitAsync(CancellationToken.None);
        }
        while (!isLast);

        Assert.That(await sending, Has.All.EqualTo(AppendOutcome.Durable));
        foreach (var ofOne in read.GroupBy(fix => fix.WorkerId))
        {
            Assert.That(ofOne.Select(fix => fix.FixTimeMs), Is.EqualTo(Enumerable.Range(1, FixesOfASender)), $"sender {ofOne.Key}: each once, in the order they were answered");
        }

        Assert.That(read, Has.Count.EqualTo(Senders * FixesOfASender));
    }

    [Test]
    public async Task MoreAtOnceThanABatchHoldsIsAnsweredWhenAllOfItIsThere()
    {
        var fixes = Enumerable.Range(1, 1_050).Select(time => FixOf(1, time)).ToArray();

        Assert.That(await Run().Appender.AppendAsync(fixes).WaitAsync(TimeSpan.FromSeconds(20)), Is.EqualTo(AppendOutcome.Durable));

        var found = await new LogTail(_backends.Redis, 0, TimeSpan.Zero).ReadAsync(LogPosition.Start, CancellationToken.None);
        Assert.That(found.Fixes.Select(fix => fix.FixTimeMs), Is.EqualTo(Enumerable.Range(1, 1_050)));
        Assert.That(found.EntryCount, Is.EqualTo(11));
    }

    [Test]
    public async Task WhatComesBeforeTheLogRunsIsAppendedOnceItDoes()
    {
        var appender = New();
        var early = appender.AppendAsync([FixOf(1, 1)]);
        Assert.That(early.IsCompleted, Is.False);

        _ = appender.RunAsync(_stopping.Token);

        Assert.That(await early.WaitAsync(TimeSpan.FromSeconds(20)), Is.EqualTo(AppendOutcome.Durable));
    }

    [Test]
    public async Task OnceStoppedTheLogTakesNothingMoreAndSaysSo()
    {
        var (appender, running) = Run();
        Assert.That(await appender.AppendAsync([FixOf(1, 1)]).WaitAsync(TimeSpan.FromSeconds(20)), Is.EqualTo(AppendOutcome.Durable));
        await _stopping.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.That(await appender.AppendAsync([FixOf(1, 2)]).WaitAsync(TimeSpan.FromSeconds(20)), Is.EqualTo(AppendOutcome.Unavailable));

        var found = await new LogTail(_backends.Redis, 0, TimeSpan.Zero).ReadAsync(LogPosition.Start, CancellationToken.None);
        Assert.That(found.Fixes, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ALogThatIsNoLogEndsTheServerInsteadOfLosingWhatIsSent()
    {
        await _backends.Redis.CallAsync(redis => redis.StringSetAsync("cc:{p0}:log", "no stream"), CancellationToken.None);
        var (appender, running) = Run();

        Assert.That(await appender.AppendAsync([FixOf(1, 1)]).WaitAsync(TimeSpan.FromSeconds(20)), Is.EqualTo(AppendOutcome.Unavailable));

        await Assert.ThrowsAsync<StackExchange.Redis.RedisServerException>(() => running.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    /// <summary>As a phone: the next fix once the one before is answered.</summary>
    private static async Task<AppendOutcome> SendAsync(PartitionAppender appender, int sender)
    {
        var worst = AppendOutcome.Durable;
        for (var time = 1; time <= FixesOfASender; time++)
        {
            var outcome = await appender.AppendAsync([FixOf(sender, time)]).WaitAsync(TimeSpan.FromSeconds(20));
            worst = outcome > worst ? outcome : worst;
        }

        return worst;
    }

    private static Fix FixOf(int worker, long time) => new() { DeviceId = worker, WorkerId = worker, FixTimeMs = time, LongitudeE7 = 1_125_700_000, LatitudeE7 = 378_600_000 };

    private (PartitionAppender Appender, Task Running) Run()
    {
        var appender = New();
        return (appender, appender.RunAsync(_stopping.Token));
    }

    private PartitionAppender New()
    {
        var options = Options.Create(Settings);
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        return new PartitionAppender(0, _backends.Redis, TimeProvider.System, Settings, TimeSpan.FromSeconds(10), new LogSize(options), new LogMetrics(meters));
    }
}
