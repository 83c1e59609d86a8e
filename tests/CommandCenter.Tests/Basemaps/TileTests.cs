using CommandCenter.Basemaps;

namespace CommandCenter.Tests.Basemaps;

public sealed class TileTests
{
    [TestCase("0", "0", "0")]
    [TestCase("18", "262143", "262143")]
    public void TileOfTheWorldIsOne(string z, string x, string y) =>
        Assert.That(TileAddress.Parse(z, x, y, 0, 18, out _), Is.Not.Null);

    [TestCase("19", "0", "0", "z")]
    [TestCase("0", "0", "0", "z")]
    [TestCase("-1", "0", "0", "z")]
    [TestCase("z", "0", "0", "z")]
    [TestCase("1", "2", "0", "x")]
    [TestCase("1", "0x1", "0", "x")]
    [TestCase("1", "0", "2", "y")]
    [TestCase("1", "0", "..", "y")]
    [TestCase("5", "0", "99999999999999", "y")]
    [TestCase("5", "0", "1 ", "y")]
    public void WhatIsNoTileIsNamed(string z, string x, string y, string argument)
    {
        Assert.That(TileAddress.Parse(z, x, y, 1, 18, out var wrong), Is.Null);
        Assert.That(wrong.Argument, Is.EqualTo(argument));
    }

    [Test]
    public void TemplateIsFilledWithTileSubdomainAndEscapedKey()
    {
        var map = new BasemapEntry { Kind = "xyz", Url = "https://t{s}.example.org/{z}/{x}/{y}.png?tk={key}", Subdomains = "0123" };
        map.Headers["Referer"] = "https://example.org/?{key}";
        var template = new TileTemplate(map, "a&b");

        Assert.That(template.Of(new TileAddress(12, 3, 4)).AbsoluteUri, Is.EqualTo("https://t3.example.org/12/3/4.png?tk=a%26b"));
        Assert.That(template.Headers.Single().Value, Is.EqualTo("https://example.org/?a&b"));
    }

    [Test]
    public void WmtsServiceIsAskedByItsParameters()
    {
        var map = new BasemapEntry { Kind = "wmts", Url = "https://t{s}.tianditu.gov.cn/vec_w/wmts?tk={key}", Subdomains = "01234567", Layer = "vec" };

        Assert.That(new TileTemplate(map, "K").Of(new TileAddress(11, 1_666, 790)).AbsoluteUri, Is.EqualTo(
            "https://t0.tianditu.gov.cn/vec_w/wmts?tk=K&SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=vec&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX=11&TILEROW=790&TILECOL=1666"));
    }

    [Test]
    public void AnotherAddressIsAnotherCacheAndAnotherKeyIsNot()
    {
        string Fingerprint(string url, string key) => new TileTemplate(new BasemapEntry { Kind = "xyz", Url = url }, key).Fingerprint;

        Assert.That(Fingerprint("https://a/{z}", "1"), Is.EqualTo(Fingerprint("https://a/{z}", "2")));
        Assert.That(Fingerprint("https://a/{z}", "1"), Is.Not.EqualTo(Fingerprint("https://b/{z}", "1")));
    }

    [TestCase("https://tiles.example.org/{z}/{x}/{y}", true)]
    [TestCase("http://127.0.0.1:8000/{z}/{x}/{y}", true)]
    [TestCase("https://t{s}.example.org/{z}/{x}/{y}", true)]
    [TestCase("https://{x}.example.org/{z}/{y}", false)]
    [TestCase("https://user:word@example.org/{z}/{x}/{y}", false)]
    [TestCase("https://example.org@{y}/", false)]
    [TestCase("file:///etc/{z}/{x}/{y}", false)]
    [TestCase("ftp://example.org/{z}/{x}/{y}", false)]
    [TestCase("/{z}/{x}/{y}", false)]
    [TestCase("", false)]
    public void HostComesFromTheConfigurationAlone(string url, bool usable) => Assert.That(TileTemplate.IsUsable(url), Is.EqualTo(usable));

    [Test]
    public void OnlyImagesAreTiles()
    {
        Assert.Multiple(() =>
        {
            Assert.That(TileImage.TypeOf([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0]), Is.EqualTo("image/png"));
            Assert.That(TileImage.TypeOf([0xFF, 0xD8, 0xFF, 0xE0]), Is.EqualTo("image/jpeg"));
            Assert.That(TileImage.TypeOf("RIFF\u0001\u0001\u0001\u0001WEBPVP8 "u8), Is.EqualTo("image/webp"));
            Assert.That(TileImage.TypeOf("GIF89a"u8), Is.EqualTo("image/gif"));
            Assert.That(TileImage.TypeOf("<svg onload='alert(1)'/>"u8), Is.Null);
            Assert.That(TileImage.TypeOf("<html>"u8), Is.Null);
            Assert.That(TileImage.TypeOf([]), Is.Null);
        });
    }
}
