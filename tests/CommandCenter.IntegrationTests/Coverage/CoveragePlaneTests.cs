using CommandCenter.Geo;
using NetTopologySuite.Geometries;

namespace CommandCenter.IntegrationTests.Coverage;

/// <summary>Squares stay what they are, wherever the areas grow to.</summary>
public sealed class CoveragePlaneTests
{
    private static readonly DateOnly Day = new(2026, 11, 18);

    private ReckoningCenter _center = null!;

    [SetUp]
    public async Task StartAsync() => _center = await ReckoningCenter.StartAsync();

    [TearDown]
    public Task StopAsync() => _center.DisposeAsync().AsTask();

    [Test]
    public async Task ADistrictThatGrowsAcrossAZonesBorderKeepsItsSquares()
    {
        await _center.KeepAsync(ReckoningCenter.Walk(1, new DateTimeOffset(2026, 11, 18, 0, 0, 0, TimeSpan.Zero), 10));
        await _center.RunAsync(Day);
        var before = await _center.RowsAsync();
        Assert.That(await _center.ReadAsync<int>("select meridian from coverage_plane"), Is.EqualTo(114), "112.55° lies just east of 112.5°");

        _center.Ground = new Envelope(112.2, 112.6, 37.8, 37.9);
        Assert.That(GaussKruger.MeridianOf(_center.Ground.Centre.X), Is.EqualTo(111));
        Assert.That((await _center.RunAsync(Day)).Counts!["reckoned"], Is.Zero);
        await _center.ExecuteAsync("truncate coverage_worker_days, coverage_tiles, coverage_days");
        await _center.RunAsync(Day);

        Assert.That(await _center.RowsAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task ACenterThatHasMovedAwayIsNotReckonedInAForeignPlane()
    {
        await _center.RunAsync(Day);
        _center.Ground = new Envelope(119.5, 119.7, 37.8, 37.9);

        await Assert.ThatAsync(() => _center.RunAsync(Day), Throws.InvalidOperationException.With.Message.Contains("docs/coverage.md"));

        await _center.ExecuteAsync("truncate coverage_worker_days, coverage_tiles, coverage_days, coverage_days_due, coverage_plane");
        await _center.RunAsync(Day);
        Assert.That(await _center.ReadAsync<int>("select meridian from coverage_plane"), Is.EqualTo(120), "begun anew as the docs say");
    }
}
