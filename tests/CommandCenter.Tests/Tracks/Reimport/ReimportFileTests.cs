using System.Text;
using CommandCenter.Tests.Tracks.Exports;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Exports;
using CommandCenter.Tracks.Reimport;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Tracks.Reimport;

/// <summary>What our exports hold comes back fix for fix, digit for digit.</summary>
public sealed class ReimportFileTests
{
    private static readonly (string Name, Func<ITrackFormat> Writer, Func<Stream, IEnumerable<FixLine>> Reader)[] Ways =
    [
        ("csv", () => new CsvFormat(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")), CsvFixes.Read),
        ("gpx", () => new GpxFormat(), GpxFixes.Read),
        ("raw", () => new RawFormat(), RawFixes.Read),
    ];

    private static IEnumerable<string> Names => Ways.Select(way => way.Name);

    [TestCaseSource(nameof(Names))]
    public void EveryFixOfAnExportComesBack(string name) => Prop.ForAll(Fixes.AnyList(0), any =>
    {
        var (_, writer, reader) = Ways.Single(way => way.Name == name);
        List<Fix> fixes = [.. any];
        FixOrder.SortAndDeduplicate(fixes);
        var workers = new[] { ExportedFixes.Worker(3, "=W 3", "张 <三> & \"co\",\n二"), ExportedFixes.Worker(4, "'4]]>", "") };
        var cutters = workers.SelectMany(worker =>
        {
            var cutter = new StretchCutter(worker);
            return cutter.Add(fixes, 5_000).Concat(cutter.End());
        });

        var file = ExportedFixes.Write(writer(), cutters, ExportedFixes.Request(ExportFormat.Csv, workers));
        var lines = reader(new MemoryStream(file)).ToList();

        Assert.That(lines.Select(line => line.Fault), Is.All.Null);
        Assert.That(lines.Select(line => (line.Worker, line.Fix)), Is.EqualTo(workers.SelectMany(worker => fixes.Select(fix => (worker.Code, fix)))));
        return true;
    }).QuickCheckThrowOnFailure();

    [Test]
    public void ABadRowCostsItselfAlone()
    {
        const string csv = "worker_code,device_id,fix_time_utc,longitude_wgs84,latitude_wgs84,flags\r\n"
            + "W,7,2026-01-31T08:00:00.000Z,112.5,37.8,\r\n"
            + "W,7,31.01.2026 08:00,112.5,37.8,\r\n"
            + "W,7,2026-01-31T08:00:02.000Z,212.5,37.8,\r\n"
            + "W,7,2026-01-31T08:00:03.000Z,112.50000001,37.8,\r\n"
            + "W,7,2026-01-31T08:00:04.000Z,112.5,37.8,teleported\r\n"
            + "W,7\r\n"
            + ",7,2026-01-31T08:00:05.000Z,112.5,37.8,\r\n"
            + "W,7,2026-01-31T08:00:06.000Z,112.5,37.8,\"mock late\"";

        var lines = CsvFixes.Read(new MemoryStream(Encoding.UTF8.GetBytes(csv))).ToList();

        Assert.That(lines.Select(line => line.Fault), Is.EqualTo(new[] { null, "time", "longitude", "longitude", "flags", "line", "worker", null }));
        Assert.That(lines[^1].Fix.Flags, Is.EqualTo(FixFlags.Mock | FixFlags.Late));
        Assert.That(lines[^1].Line, Is.EqualTo(9));
    }

    [TestCase("""{"worker":"W","deviceId":7,"fixTimeMs":1,"longitudeE7":1,"latitudeE7":1,"batteryPercent":101}""", "battery")]
    [TestCase("""{"worker":"W","deviceId":7,"fixTimeMs":1,"longitudeE7":1,"latitudeE7":1,"flags":128}""", "flags")]
    [TestCase("""{"worker":"W","deviceId":7,"fixTimeMs":1,"longitudeE7":1.5,"latitudeE7":1}""", "line")]
    [TestCase("""{"worker":"W","deviceId":7,"fixTimeMs":1,"longitudeE7":1""", "line")]
    [TestCase("""{"worker":"W","fixTimeMs":1,"longitudeE7":1,"latitudeE7":1}""", "device")]
    [TestCase("[1]", "line")]
    [TestCase("nothing", "line")]
    public void ALineThatSaysNoFixSaysWhy(string json, string fault) =>
        Assert.That(RawFixes.Read(new MemoryStream(Encoding.UTF8.GetBytes(json))).Single().Fault, Is.EqualTo(fault));

    [Test]
    public void AnEndlessLineIsOneBadLineAndTheNextIsRead()
    {
        var text = new string('x', 300_000) + "\n\n" + """{"worker":"W","deviceId":7,"fixTimeMs":1,"longitudeE7":1,"latitudeE7":1}""" + "\n";
        var lines = RawFixes.Read(new MemoryStream(Encoding.UTF8.GetBytes(text))).ToList();
        Assert.That(lines.Select(line => (line.Line, line.Fault)), Is.EqualTo(new[] { (1L, (string?)"line"), (3L, null) }));
    }

    [TestCase("<gpx><trk/></gpx>")]
    [TestCase("no xml")]
    [TestCase("<!DOCTYPE gpx [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><gpx xmlns=\"http://www.topografix.com/GPX/1/1\">&x;</gpx>")]
    [TestCase("<gpx xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><trkseg>")]
    public void WhatIsNoGpxOfOursIsRefused(string xml) =>
        Assert.That(() => GpxFixes.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml))).ToList(), Throws.InstanceOf<InvalidDataException>());

    [Test]
    public void AForeignGpxHasNoFixOfOurs()
    {
        const string xml = "<gpx xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><name>W-3</name><trkseg><trkpt lat=\"1\" lon=\"2\"><time>2026-01-31T08:00:00Z</time></trkpt></trkseg></trk></gpx>";
        Assert.That(GpxFixes.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml))).Single().Fault, Is.EqualTo("device"));
    }
}
