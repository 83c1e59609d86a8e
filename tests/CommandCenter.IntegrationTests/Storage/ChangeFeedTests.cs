using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.IntegrationTests.Storage;

public sealed class ChangeFeedTests
{
    private Backends _backends = null!;

    [SetUp]
    public async Task StartAsync() => _backends = await Backends.FreshAsync();

    [TearDown]
    public async Task StopAsync() => await _backends.DisposeAsync();

    [Test]
    public async Task EachNodeReloadsWhatAnotherOneBumped()
    {
        using var near = await StartFeedAsync();
        using var far = await StartFeedAsync();
        var (nearLoads, farLoads, otherLoads) = (0, 0, 0);
        near.OnChange("areas", _ => { nearLoads++; return Task.CompletedTask; });
        far.OnChange("areas", _ => { farLoads++; return Task.CompletedTask; });
        far.OnChange("workers", _ => { otherLoads++; return Task.CompletedTask; });

        await BumpAsync("areas", commit: true);
        await Eventually.TrueAsync(() => nearLoads == 1 && farLoads == 1, "both reloaded once");
        await BumpAsync("areas", commit: true);
        await Eventually.TrueAsync(() => nearLoads == 2 && farLoads == 2, "both reloaded again");
        Assert.That(otherLoads, Is.Zero);
    }

    [Test]
    public async Task WhatWasRolledBackIsNotHeardOf()
    {
        using var feed = await StartFeedAsync();
        var loads = 0;
        feed.OnChange("areas", _ => { loads++; return Task.CompletedTask; });
        await BumpAsync("areas", commit: false);
        await feed.PollAsync(CancellationToken.None);
        Assert.That(loads, Is.Zero);
    }

    [Test]
    public async Task ReloadThatFailsIsRunAgain()
    {
        using var feed = await StartFeedAsync();
        var loads = 0;
        feed.OnChange("areas", _ => ++loads < 3 ? throw new InvalidOperationException("not now") : Task.CompletedTask);
        await BumpAsync("areas", commit: true);
        await Eventually.TrueAsync(() => loads == 3, "the third attempt");
    }

    private async Task BumpAsync(string name, bool commit)
    {
        await using var connection = await _backends.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ChangeFeed.BumpAsync(connection, transaction, name, CancellationToken.None);
        if (commit)
        {
            await transaction.CommitAsync();
        }
    }

    private async Task<ChangeFeed> StartFeedAsync()
    {
        var schema = new SchemaMigrations(_backends.DataSource, NullLogger<SchemaMigrations>.Instance);
        await schema.RunAsync(CancellationToken.None);
        var feed = new ChangeFeed(_backends.DataSource, schema, _backends.Options, TimeProvider.System, NullLogger<ChangeFeed>.Instance);
        await feed.StartAsync(CancellationToken.None);
        return feed;
    }
}
