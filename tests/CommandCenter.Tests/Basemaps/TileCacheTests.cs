using System.Globalization;
using CommandCenter.Basemaps;
using CommandCenter.Storage;
using CommandCenter.Tests.Positions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CommandCenter.Tests.Basemaps;

/// <summary>The cache on a real disk, across restarts.</summary>
public sealed class TileCacheTests
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 1, 2, 3];

    private readonly ManualTime _time = new();
    private readonly BasemapOptions _options = new() { CacheMegabytes = 1, KeepDays = 60 };
    private string _folder = "";

    private string CacheFolder => Path.Combine(_folder, "basemaps", "cache");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("commandcenter-tests-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task RemovesTheFoldersOfTilesThatAreTooOld()
    {
        var cache = Cache();
        cache.Trim(default);
        await cache.WriteAsync("old", new TileAddress(8, 1, 1), Png);
        _time.Pass(TimeSpan.FromDays(40));
        await cache.WriteAsync("new", new TileAddress(8, 2, 2), Png);
        _time.Pass(TimeSpan.FromDays(21));
        cache.Trim(default);

        Assert.That(Directory.GetDirectories(CacheFolder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(CacheFolder, path)).Order(),
            Is.EqualTo(new[] { "new", "new/8", "new/8/2" }));
        Assert.That(await cache.ReadAsync("new", new TileAddress(8, 2, 2), default), Is.Not.Null);
    }

    [Test]
    public async Task WritesNothingBeforeItCountedWhatALastRunLeft()
    {
        var first = Cache();
        first.Trim(default);
        await FillAsync(first, 0);
        Assert.That(first.IsFull);
        var left = Used();

        var second = Cache();
        await second.WriteAsync("map", new TileAddress(20, 999_999, 1), Png);
        Assert.That(Used(), Is.EqualTo(left), "not counted yet");
        Assert.That(second.Trim(default));
        Assert.That(Used(), Is.LessThanOrEqualTo(900_000));
        await FillAsync(second, 1_000);
        Assert.That(Used(), Is.LessThanOrEqualTo(1_000_000 + (3 * 4_096)), "folders of zoom and map come on top, until the next count");
    }

    [Test]
    public async Task CountsFoldersAsTheyCost()
    {
        var cache = Cache();
        cache.Trim(default);
        await FillAsync(cache, 0);

        // A folder and a file of one block each: 122 pairs are a megabyte.
        Assert.That(Directory.GetFiles(CacheFolder, "*", SearchOption.AllDirectories), Has.Length.InRange(115, 122));
    }

    [Test]
    public async Task FillsUpToItsBoundAgainAfterItWasTrimmed()
    {
        var cache = Cache();
        cache.Trim(default);
        for (var round = 0; round < 5; round++)
        {
            await FillAsync(cache, round * 1_000);
            _time.Pass(TimeSpan.FromMinutes(1));
            Assert.That(Used(), Is.InRange(900_000, 1_000_000 + (3 * 4_096)), $"round {round}");
            var newest = TilesOf(round);
            cache.Trim(default);
            Assert.That(cache.IsFull, Is.False);
            Assert.That(TilesOf(round), round == 0 ? Is.LessThan(newest) : Is.EqualTo(newest), "the oldest go first");
        }
    }

    private int TilesOf(int round) =>
        Directory.GetDirectories(Path.Combine(CacheFolder, "map", "20")).Count(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture) / 1_000 == round);

    /// <summary>Until it takes no more; each tile in a folder of its own.</summary>
    private static async Task FillAsync(TileCache cache, int from)
    {
        for (var n = from; n < from + 300; n++)
        {
            await cache.WriteAsync("map", new TileAddress(20, n, 1), Png);
        }
    }

    /// <summary>Bytes that files and folders take, in blocks.</summary>
    private long Used() => Directory.GetFileSystemEntries(CacheFolder, "*", SearchOption.AllDirectories).Length * 4_096L;

    private TileCache Cache() => new(
        Options.Create(_options), Options.Create(new StorageOptions { DataFolder = _folder }), _time, NullLogger<TileCache>.Instance);
}
