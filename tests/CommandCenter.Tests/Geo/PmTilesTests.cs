using System.Text;
using CommandCenter.Geo;
using NetTopologySuite.Geometries;

namespace CommandCenter.Tests.Geo;

public sealed class PmTilesTests
{
    private string _folder = null!;

    private string Archive => Path.Combine(_folder, "some.pmtiles");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("pmtiles").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    // The specification's own examples of tile ids.
    [TestCase(0, 0, 0, 0UL)]
    [TestCase(1, 0, 0, 1UL)]
    [TestCase(1, 0, 1, 2UL)]
    [TestCase(1, 1, 1, 3UL)]
    [TestCase(1, 1, 0, 4UL)]
    [TestCase(2, 0, 0, 5UL)]
    [TestCase(12, 3423, 1763, 19_078_479UL)]
    public void NumbersTilesAlongTheHilbertCurve(int zoom, int x, int y, ulong id) => Assert.That(PmTiles.IdOf(new TileAddress(zoom, x, y)), Is.EqualTo(id));

    [TestCase(1)]
    [TestCase(6)]
    [TestCase(8)]
    public void GivesBackEveryTileAndNoOther(int zoom)
    {
        var tiles = (from x in Enumerable.Range(0, 1 << zoom)
                     from y in Enumerable.Range(0, 1 << zoom)
                     where (x + y) % 3 != 0
                     select (Tile: new TileAddress(zoom, x, y), Bytes: Encoding.UTF8.GetBytes($"tile {x * 7919 % 1000}/{y}"))).ToList();
        PmTiles.Write(Archive, tiles, "{}"u8, new Envelope(1, 2, 3, 4));
        var archive = File.ReadAllBytes(Archive);
        Assert.That(archive.AsSpan(0, 7).SequenceEqual("PMTiles"u8));
        foreach (var (tile, bytes) in tiles.Where((_, n) => n % Math.Max(1, tiles.Count / 300) == 0))
        {
            Assert.That(TileReader.Find(archive, tile), Is.EqualTo(bytes), tile.ToString());
        }

        Assert.That(TileReader.Find(archive, new TileAddress(zoom, 0, 0)), Is.Null);
        Assert.That(TileReader.Find(archive, new TileAddress(zoom + 1, 1, 0)), Is.Null);
    }

    [Test]
    public void StoresEqualTilesOnce()
    {
        var same = new byte[5_000];
        Random.Shared.NextBytes(same);
        PmTiles.Write(Archive, Enumerable.Range(0, 16).Select(x => (new TileAddress(4, x, 3), same)), "{}"u8, new Envelope(1, 2, 3, 4));
        Assert.That(new FileInfo(Archive).Length, Is.LessThan(6_000));
    }

    [Test]
    public void ReadsItsMetadataAndNoneOfADamagedFile()
    {
        PmTiles.Write(Archive, [(new TileAddress(3, 1, 1), [1, 2, 3])], """{"plan":"a"}"""u8, new Envelope(1, 2, 3, 4));
        Assert.That(PmTiles.ReadMetadata(Archive)!.Value.GetProperty("plan").GetString(), Is.EqualTo("a"));
        Assert.That(PmTiles.ReadMetadata(Path.Combine(_folder, "missing")), Is.Null);
        var bytes = File.ReadAllBytes(Archive);
        File.WriteAllBytes(Archive, bytes[..^1]);
        Assert.That(PmTiles.ReadMetadata(Archive), Is.Null);
        File.WriteAllBytes(Archive, bytes[..50]);
        Assert.That(PmTiles.ReadMetadata(Archive), Is.Null);
        File.WriteAllBytes(Archive, [.. "PMTilez"u8, .. bytes[7..]]);
        Assert.That(PmTiles.ReadMetadata(Archive), Is.Null);
    }
}
