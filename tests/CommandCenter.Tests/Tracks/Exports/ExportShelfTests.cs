using CommandCenter.Storage;
using CommandCenter.Tests.Positions;
using CommandCenter.Tracks.Exports;
using Microsoft.Extensions.Options;

namespace CommandCenter.Tests.Tracks.Exports;

public sealed class ExportShelfTests
{
    private readonly ManualTime _time = new();
    private string _folder = "";
    private ExportShelf _shelf = null!;

    [SetUp]
    public void Start()
    {
        _folder = Directory.CreateTempSubdirectory("shelf").FullName;
        _shelf = new ExportShelf(
            Options.Create(new TrackExportOptions { KeepMinutes = 30, LongestMinutes = 120 }), Options.Create(new StorageOptions { DataFolder = _folder }), _time);
    }

    [TearDown]
    public void Stop()
    {
        _shelf.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void WhatNobodyAsksForGoesAfterItsTime()
    {
        Put("a");
        Pass(29);
        Assert.That(Asked("a"), Is.True);
        Pass(29);
        Assert.That(Asked("a"), Is.True, "it was asked for meanwhile");
        Pass(30);
        Assert.That(Asked("a"), Is.False);
    }

    [Test]
    public void WhatIsAskedForAgainAndAgainGoesAllTheSame()
    {
        Put("a");
        var asked = Enumerable.Range(0, 12).Select(_ =>
        {
            Pass(20);
            return Asked("a");
        }).ToList();

        Assert.That(asked, Is.EqualTo(Enumerable.Range(1, 12).Select(n => n * 20 < 120)));
    }

    private void Put(string key)
    {
        var file = _shelf.Begin(key, 1)!;
        file.Append("x"u8);
        _shelf.End(key, 1, whole: true);
        file.Finish(new ExportNotes());
        file.Release();
    }

    /// <summary>Looked through with each export that is begun, and each minute.</summary>
    private void Pass(int minutes)
    {
        _time.Pass(TimeSpan.FromMinutes(minutes));
        _shelf.Begin("another", 2)!.Release();
        _shelf.End("another", 2, whole: false);
    }

    private bool Asked(string key)
    {
        var file = _shelf.Find(key);
        file?.Release();
        return file is not null;
    }
}
