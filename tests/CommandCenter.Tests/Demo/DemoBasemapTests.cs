using CommandCenter.Demo;
using CommandCenter.Geo;
using CommandCenter.Tests.Geo;

namespace CommandCenter.Tests.Demo;

public sealed class DemoBasemapTests
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("basemap").FullName;
    private static byte[] _archive = [];

    [OneTimeSetUp]
    public void Draw()
    {
        DemoBasemap.Write(DemoBasemap.PathIn(Folder), DemoDistrictTests.District);
        _archive = File.ReadAllBytes(DemoBasemap.PathIn(Folder));
    }

    [OneTimeTearDown]
    public void Delete() => Directory.Delete(Folder, recursive: true);

    [Test]
    public void IsSmallEnoughToShipAndNamesItsPlanAndThatItIsGenerated()
    {
        Assert.That(_archive, Has.Length.LessThan(2_000_000));
        Assert.That(DemoBasemap.FingerprintOf(DemoBasemap.PathIn(Folder)), Is.EqualTo(DemoDistrictTests.District.Plan.Fingerprint));
        var metadata = PmTiles.ReadMetadata(DemoBasemap.PathIn(Folder))!.Value;
        Assert.That(metadata.GetProperty("attribution").GetString(), Does.Contain("生成").And.Contain("generated"));
        Assert.That(
            metadata.GetProperty("vector_layers").EnumerateArray().Select(layer => layer.GetProperty("id").GetString()),
            Is.EquivalentTo(new[] { "land", "water", "roads", "places" }));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(DemoBasemap.PathIn(Folder))!), Has.Length.EqualTo(1), "no draft is left");
    }

    [Test]
    public void HasATileWithRoadsInTheCityAtEveryZoom()
    {
        for (var zoom = DemoBasemap.MinZoom; zoom <= DemoBasemap.MaxZoom; zoom++)
        {
            var tile = TileReader.Find(_archive, TileAddress.At(zoom, 112.575, 37.845));
            Assert.That(TileReader.Read(tile!)["roads"], Is.Not.Empty, $"zoom {zoom}");
        }

        Assert.That(TileReader.Find(_archive, TileAddress.At(DemoBasemap.MaxZoom, 113.5, 37.845)), Is.Null);
    }

    [Test]
    public void DrawsNoLanesFromAfarAndAllOfThemNear()
    {
        var far = ClassesAt(11);
        Assert.That(far, Does.Contain("trunk").And.Contain("primary").And.Contain("secondary"));
        Assert.That(far, Does.Not.Contain("path").And.Not.Contain("residential"));
        Assert.That(ClassesAt(15), Does.Contain("path").And.Contain("residential"));
    }

    [Test]
    public void CoversRiverHillsParksAndHouses()
    {
        var kinds = Tiles(12).SelectMany(layers => layers).Where(layer => layer.Key is "land" or "water" or "places")
            .SelectMany(layer => layer.Value.Select(feature => $"{layer.Key} {feature.Attributes["kind"]}")).Distinct();
        Assert.That(kinds, Is.SupersetOf(new[] { "water river", "water lake", "land park", "land hill", "land built", "places hill", "places station" }));
        Assert.That(Tiles(12).SelectMany(layers => layers.GetValueOrDefault("roads", [])).Select(road => road.Attributes.GetValueOrDefault("name")), Does.Contain("迎泽大街"));
    }

    private static List<object> ClassesAt(int zoom) =>
        [.. Tiles(zoom).SelectMany(layers => layers.GetValueOrDefault("roads", [])).Select(road => road.Attributes["class"]).Distinct()];

    private static IEnumerable<Dictionary<string, List<ReadFeature>>> Tiles(int zoom)
    {
        var bounds = DemoDistrictTests.District.Plan.Bounds;
        var (first, last) = (TileAddress.At(zoom, bounds[0], bounds[3]), TileAddress.At(zoom, bounds[2], bounds[1]));
        for (var x = first.X; x <= last.X; x++)
        {
            for (var y = first.Y; y <= last.Y; y++)
            {
                if (TileReader.Find(_archive, new TileAddress(zoom, x, y)) is { } tile)
                {
                    yield return TileReader.Read(tile);
                }
            }
        }
    }
}
