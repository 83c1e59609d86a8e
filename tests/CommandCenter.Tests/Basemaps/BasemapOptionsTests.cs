using CommandCenter.Basemaps;
using CommandCenter.Storage;
using Microsoft.Extensions.Options;

namespace CommandCenter.Tests.Basemaps;

/// <summary>A wrong map stops the start, by the name of its key and without its secrets.</summary>
public sealed class BasemapOptionsTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("basemap-options-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void GoodMapsPass()
    {
        MakePmtiles("own.pmtiles");
        Assert.That(Failures(Xyz(), new BasemapEntry { Id = "own", Name = "自有", Kind = "pmtiles" }, Tianditu()), Is.Empty);
    }

    [Test]
    public void KeyMayStandInTheSecretsFolder()
    {
        var map = Tianditu();
        map.Key = "";
        Assert.That(Failures(map).Single(), Does.StartWith("Basemaps:Maps:0:Key must be given, or stand in "));

        Directory.CreateDirectory(Path.Combine(_folder, "secrets"));
        File.WriteAllText(Path.Combine(_folder, "secrets", "basemap-tianditu"), "K1\n");
        Assert.That(Failures(map), Is.Empty);
    }

    [TestCase("Id", "Up")]
    [TestCase("Id", "../x")]
    [TestCase("Id", "demo")]
    [TestCase("Name", "")]
    [TestCase("Kind", "wms")]
    [TestCase("Datum", "bd09")]
    [TestCase("Url", "https://tiles.example.org/{z}/{x}")]
    [TestCase("Url", "https://secret@tiles.example.org/{z}/{x}/{y}")]
    [TestCase("Subdomains", "ab")]
    public void WrongValueIsNamedByItsKey(string key, string value)
    {
        var map = Xyz();
        typeof(BasemapEntry).GetProperty(key)!.SetValue(map, value);

        Assert.That(Failures(map), Has.Some.StartsWith($"Basemaps:Maps:0:{key} must be ").And.None.Contains("secret"));
    }

    [Test]
    public void WrongZoomsHeadersFilesAndTwinsAreNamed()
    {
        var zooms = Xyz();
        (zooms.MinZoom, zooms.MaxZoom) = (12, 3);
        var headers = Xyz();
        headers.Headers["X"] = "a\r\nY: b";
        var file = new BasemapEntry { Id = "gone", Name = "无", Kind = "pmtiles" };

        Assert.That(Failures(zooms), Has.Some.StartsWith("Basemaps:Maps:0:MaxZoom"));
        Assert.That(Failures(headers), Has.Some.StartsWith("Basemaps:Maps:0:Headers"));
        Assert.That(Failures(file), Has.Some.StartsWith("Basemaps:Maps:0:Path"));
        Assert.That(Failures(Xyz(), Xyz()), Has.Some.StartsWith("Basemaps:Maps:1:Id"));
    }

    [Test]
    public void HeaderOfAPmtilesFileTellsZoomsAndKind()
    {
        Assert.That(PmtilesHeader.Read(MakePmtiles("a.pmtiles")), Is.EqualTo(new PmtilesHeader(IsVector: true, 8, 15)));

        var cut = Path.Combine(_folder, "cut.pmtiles");
        File.WriteAllBytes(cut, File.ReadAllBytes(Path.Combine(_folder, "a.pmtiles"))[..100]);
        Assert.That(PmtilesHeader.Read(cut), Is.Null);
    }

    private static BasemapEntry Xyz() => new() { Id = "osm", Name = "街道图", Kind = "xyz", Url = "https://tiles.example.org/{z}/{x}/{y}.png" };

    private static BasemapEntry Tianditu() => new()
    {
        Id = "tianditu",
        Name = "天地图",
        Kind = "wmts",
        Url = "https://t{s}.tianditu.gov.cn/vec_w/wmts?tk={key}",
        Subdomains = "01234567",
        Layer = "vec",
        Datum = "cgcs2000",
        Key = "secret",
    };

    private string MakePmtiles(string name)
    {
        var bytes = new byte[200];
        "PMTiles\u0003"u8.CopyTo(bytes);
        (bytes[8], bytes[16]) = (127, 50);
        (bytes[99], bytes[100], bytes[101]) = (1, 8, 15);
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "basemaps")).FullName;
        var path = Path.Combine(name == "own.pmtiles" ? folder : _folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private List<string> Failures(params BasemapEntry[] maps)
    {
        var options = new BasemapOptions();
        foreach (var map in maps)
        {
            options.Maps.Add(map);
        }

        return [.. new BasemapOptionsValidation(Options.Create(new StorageOptions { DataFolder = _folder })).Validate(null, options).Failures ?? []];
    }
}
