using System.IO.Compression;
using System.Text;
using CommandCenter.Replay.Reading;

namespace CommandCenter.Tests.Tools;

/// <summary>The track formats, on small samples made by hand.</summary>
internal sealed class TrackReadingTests
{
    private static readonly long Morning = new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("tracks").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("2026-11-22T08:00:00Z")]
    [TestCase("2026-11-22T16:00:00+08:00")]
    [TestCase("2026-11-22T08:00:00.000")]
    [TestCase("2026-11-22T08:00")]
    [TestCase("2026-11-22 08:00:00+00")]
    [TestCase("2026-11-22 16:00:00+08")]
    [TestCase("2026-11-22 16:00:00+0800")]
    [TestCase("2026-11-22 08:00:00 UTC")]
    [TestCase("2026-11-22 08:00:00")]
    [TestCase("2026/11/22 08:00:00")]
    [TestCase("1795334400")]
    [TestCase("1795334400.000")]
    [TestCase("1795334400000")]
    public void ReadsTimesAsFilesWriteThem(string text)
    {
        Assert.That(TimeText.TryParse(text, out var time), Is.True);
        Assert.That(time, Is.EqualTo(Morning));
    }

    [TestCase(""), TestCase("yesterday"), TestCase("-5"), TestCase("0"), TestCase("2026-13-40 08:00:00"), TestCase("9999999999999999999"), TestCase("1812-01-01 00:00:00"), TestCase("NaN")]
    public void RefusesWhatIsNoTime(string text) => Assert.That(TimeText.TryParse(text, out _), Is.False);

    [Test]
    public void ReadsGpx11WithExtensions()
    {
        var sink = Read("a.gpx", """
            <?xml version="1.0"?>
            <gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1" xmlns:x="urn:x">
              <wpt lat="1" lon="2"><time>2026-11-22T08:00:00Z</time></wpt>
              <trk><name>one</name><trkseg>
                <trkpt lat="37.85" lon="112.55"><ele>790.5</ele><time>2026-11-22T08:00:00Z</time>
                  <extensions><x:TrackPointExtension><x:speed>1.5</x:speed><x:course>90</x:course></x:TrackPointExtension></extensions></trkpt>
                <trkpt lat="37.86" lon="112.56"><time>2026-11-22T08:00:05Z</time></trkpt>
              </trkseg></trk>
              <trk><trkseg><trkpt lat="37.87" lon="112.57"><time>2026-11-22T08:00:10Z</time></trkpt></trkseg></trk>
            </gpx>
            """);

        Assert.Multiple(() =>
        {
            Assert.That(sink.Points, Has.Count.EqualTo(3));
            Assert.That(sink.Points[0], Is.EqualTo(new TrackPoint("a.gpx#1", Morning, 112.55, 37.85) { AltitudeMeters = 790.5f, SpeedMps = 1.5f, HeadingDegrees = 90 }));
            Assert.That(sink.Points[2].Track, Is.EqualTo("a.gpx#2"));
            Assert.That(sink.Skipped, Is.Zero);
        });
    }

    [Test]
    public void ReadsGpx10WithSpeedBesideTime()
    {
        var sink = Read("old.gpx", """
            <gpx version="1.0" xmlns="http://www.topografix.com/GPX/1/0"><trk><trkseg>
            <trkpt lat="37.85" lon="112.55"><time>2026-11-22T08:00:00Z</time><course>181.5</course><speed>4.25</speed></trkpt>
            </trkseg></trk></gpx>
            """);

        Assert.That((sink.Points.Single().SpeedMps, sink.Points.Single().HeadingDegrees), Is.EqualTo((4.25f, 181.5f)));
    }

    [Test]
    public void GpxPointWithoutTimeIsSkippedWithItsLine()
    {
        var sink = Read("a.gpx", "<gpx><trk><trkseg>\n<trkpt lat=\"37\" lon=\"112\"/>\n<trkpt lat=\"95\" lon=\"112\"><time>2026-11-22T08:00:00Z</time></trkpt>\n<trkpt lat=\"37\" lon=\"112\"><time>2026-11-22T08:00:00Z</time></trkpt></trkseg></trk></gpx>");

        Assert.That(sink.Points, Has.Count.EqualTo(1));
        Assert.That(sink.Notes.Select(n => n.Line), Is.EqualTo(new[] { 2L, 3L }));
        Assert.That(sink.Notes[1].Why, Is.EqualTo("expected a latitude from -90 to 90, found '95'"));
    }

    [Test]
    public void BrokenGpxKeepsWhatCameBefore()
    {
        var sink = Read("a.gpx", "<gpx><trk><trkseg><trkpt lat=\"37\" lon=\"112\"><time>2026-11-22T08:00:00Z</time></trkpt>\n<trkpt lat=");

        Assert.That(sink.Points, Has.Count.EqualTo(1));
        Assert.That(sink.Notes.Single().Line, Is.EqualTo(2));
    }

    [Test]
    public void GpxWithADtdIsNotExpanded()
    {
        var sink = Read("bomb.gpx", "<!DOCTYPE gpx [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>\n<gpx><trk><trkseg><trkpt lat=\"37\" lon=\"112\"><time>&b;</time></trkpt></trkseg></trk></gpx>");

        Assert.That(sink.Points, Is.Empty);
        Assert.That(sink.Notes.Single().Why, Does.Contain("without a DTD"));
    }

    [Test]
    public void ReadsGeoLifePlt()
    {
        var sink = Read("20261122.plt", """
            Geolife trajectory
            WGS 84
            Altitude is in Feet
            Reserved 3
            0,2,255,My Track,0,0,2,8421376
            0
            37.85,112.55,0,492,46348.3333,2026-11-22,08:00:00
            37.86,112.56,0,-777,46348.3334,2026-11-22,08:00:05
            37.86,112.56,0
            """);

        Assert.Multiple(() =>
        {
            Assert.That(sink.Points, Has.Count.EqualTo(2));
            Assert.That(sink.Points[0].TimeMs, Is.EqualTo(Morning));
            Assert.That(sink.Points[0].AltitudeMeters, Is.EqualTo(150).Within(0.1));
            Assert.That(sink.Points[1].AltitudeMeters, Is.NaN);
            Assert.That(sink.Notes.Single(), Is.EqualTo(new SkippedLine("20261122.plt", 9, "expected 7 fields (latitude,longitude,0,altitude,days,date,time), found 3")));
        });
    }

    [TestCase(","), TestCase(";"), TestCase("\t"), TestCase("|")]
    public void DetectsTheDelimiterAndGuessesColumns(string delimiter)
    {
        var sink = Read("a.csv", "lat,lng,datetime,uid\n37.85,112.55,2026-11-22 08:00:00,7\n37.86,112.56,2026-11-22 08:00:05,8\n".Replace(",", delimiter));

        Assert.That(sink.Points, Is.EqualTo(new[]
        {
            new TrackPoint("a.csv#7", Morning, 112.55, 37.85), new TrackPoint("a.csv#8", Morning + 5_000, 112.56, 37.86),
        }));
    }

    [Test]
    public void TakesColumnsByNameAndByNumber()
    {
        var map = ColumnMap.Parse("lat=Y,lon=1,time=t,id=tracker,speed=v", out _)!;
        var sink = Read("a.csv", "X;Y;tracker;t;v\n112.55;37.85;19;2026-11-22 08:00:00+00;2.5\n", map);

        Assert.That(sink.Points.Single(), Is.EqualTo(new TrackPoint("a.csv#19", Morning, 112.55, 37.85) { SpeedMps = 2.5f }));
    }

    [Test]
    public void NumberedColumnsNeedNoHeader()
    {
        var sink = Read("a.csv", "1795334400,37.85,112.55\n1795334405,37.86,112.56\n", ColumnMap.Parse("time=1,lat=2,lon=3", out _)!);

        Assert.That(sink.Points, Has.Count.EqualTo(2));
    }

    [Test]
    public void BadRowsAreNamedAndGoodRowsKept()
    {
        var sink = Read("a.csv", "lat,lon,time\n37.85,112.55,2026-11-22T08:00:00Z\nx,112.55,2026-11-22T08:00:01Z\n\n37.85,999,2026-11-22T08:00:02Z\n37.85,112.55,soon\n37.86,112.56\n37.86,112.56,2026-11-22T08:00:05Z");

        Assert.Multiple(() =>
        {
            Assert.That(sink.Points, Has.Count.EqualTo(2));
            Assert.That(sink.Notes.Select(n => n.Line), Is.EqualTo(new long[] { 3, 5, 6, 7 }));
            Assert.That(sink.Notes[0].Why, Is.EqualTo("expected a latitude from -90 to 90, found 'x'"));
            Assert.That(sink.Notes[3].Why, Does.EndWith("found nothing"));
        });
    }

    [Test]
    public void UnbalancedQuoteCostsOneRow()
    {
        var sink = Read("a.csv", "lat,lon,time\n37.85,\"112.55,2026-11-22T08:00:00Z\n37.86,112.56,2026-11-22T08:00:05Z\n");

        Assert.That((sink.Points.Count, sink.Skipped), Is.EqualTo((1, 1)));
    }

    [Test]
    public void MissingColumnIsExplained()
    {
        var sink = Read("a.csv", "north,east,when\n1,2,3\n");

        Assert.That(sink.Skipped, Is.EqualTo(1));
        Assert.That(sink.Notes.Single().Why, Does.Contain("expected a column lat or latitude or y for lat, found 'north', 'east', 'when'").And.Contain("--columns lat="));
    }

    [Test]
    public void EndlessLineIsBounded()
    {
        var sink = Read("a.csv", "lat,lon,time\n37.85,112.55,2026-11-22T08:00:00Z\n" + new string('x', 3 << 20));

        Assert.That((sink.Points.Count, sink.Skipped), Is.EqualTo((1, 1)));
    }

    [Test]
    public void ReadsPackedFilesAndKnowsXmlWithoutASuffix()
    {
        var path = Path.Combine(_folder, "track.gz");
        using (var packed = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            packed.Write("\uFEFF <gpx><trk><trkseg><trkpt lat=\"37\" lon=\"112\"><time>2026-11-22T08:00:00Z</time></trkpt></trkseg></trk></gpx>"u8);
        }

        var sink = new TrackSink(new Wanted());
        Assert.That(TrackFile.Read(path, ColumnMap.Guessing, sink), Is.Null);
        Assert.That(sink.Points, Has.Count.EqualTo(1));
    }

    [Test]
    public void PackedFileThatBreaksOffKeepsWhatCameBefore()
    {
        using var whole = new MemoryStream();
        using (var packing = new GZipStream(whole, CompressionLevel.NoCompression, leaveOpen: true))
        {
            packing.Write(Encoding.UTF8.GetBytes("lat,lon,time\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"37.85,112.55,{1795334400 + i}\n"))));
        }

        var path = Path.Combine(_folder, "a.csv.gz");
        File.WriteAllBytes(path, whole.ToArray()[..(int)(whole.Length / 2)]);
        var sink = new TrackSink(new Wanted());
        TrackFile.Read(path, ColumnMap.Guessing, sink);

        Assert.That(sink.Points.Count, Is.InRange(1_000, 15_000));
    }

    [Test]
    public void KeepsOnlyTheWantedTimeAndNumber()
    {
        var text = "lat,lon,time\n" + string.Concat(Enumerable.Range(0, 10).Select(i => $"37.85,112.55,{1795334400 + i}\n"));
        var sink = Read("a.csv", text, wanted: new Wanted(Morning + 2_000, Morning + 8_000, Limit: 4));

        Assert.That(sink.Points.Select(p => (p.TimeMs - Morning) / 1000), Is.EqualTo(new[] { 2, 3, 4, 5 }));
        Assert.That(sink.OutsideTime, Is.EqualTo(2));
    }

    [TestCase("lat"), TestCase("lat="), TestCase("latitude=Y")]
    public void ColumnListsAreChecked(string text)
    {
        Assert.That(ColumnMap.Parse(text, out var fault), Is.Null);
        Assert.That(fault, Does.StartWith("--columns: expected lat=").And.Contain($"'{text}'"));
    }

    private TrackSink Read(string name, string text, ColumnMap? map = null, Wanted? wanted = null)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        var sink = new TrackSink(wanted ?? new Wanted());
        Assert.That(TrackFile.Read(path, map ?? ColumnMap.Guessing, sink), Is.Null);
        return sink;
    }
}
