using System.Text;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Exports;
using CommandCenter.Workers;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Tracks.Exports;

/// <summary>Every format gives back every fix, read by readers of the format that know nothing of its writer.</summary>
public sealed class ExportFormatTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly ExportFormat[] All = [ExportFormat.Gpx, ExportFormat.Kml, ExportFormat.Csv, ExportFormat.GeoJson, ExportFormat.MfJson];

    [TestCaseSource(nameof(All))]
    public void GivesBackEveryFixOfEveryStretch(ExportFormat format) => Prop.ForAll(Fixes.AnyList(3), fixes =>
    {
        // One device alone: at one moment MF-JSON cannot tell whose missing value is whose.
        var one = fixes.Select(fix => fix with { DeviceId = 7 }).ToList();
        FixOrder.SortAndDeduplicate(one);
        var stretches = Cut(ExportedFixes.Worker(3, "W-3", "张 <三> & \"co\""), one, 5_000).Concat(Cut(ExportedFixes.Worker(4, "W-4", "]]>"), one, 900_000)).ToList();
        var file = ExportedFixes.Write(format.Writer(Zone), stretches, ExportedFixes.Request(format));

        var expected = stretches.SelectMany(stretch => stretch.Fixes.Select(fix => FileFix.Of(stretch.Worker, stretch.Number, fix)));
        Assert.That(ExportedFixes.Read(format, file), Is.EqualTo(expected));
        return true;
    }).QuickCheckThrowOnFailure();

    [TestCaseSource(nameof(All))]
    public void AnExportOfNothingIsAWholeFile(ExportFormat format) =>
        Assert.That(ExportedFixes.Read(format, ExportedFixes.Write(format.Writer(Zone), [], ExportedFixes.Request(format))), Is.Empty);

    [TestCaseSource(nameof(All))]
    public void TheSameStretchesGiveTheSameBytes(ExportFormat format)
    {
        var stretches = Cut(ExportedFixes.Worker(3, "W-3", "张三"), [Fixes.At(Fixes.Noon), Fixes.At(Fixes.Noon + 5_000)], 120_000).ToList();
        var request = ExportedFixes.Request(format);
        var first = ExportedFixes.Write(format.Writer(Zone), stretches, request);
        Assert.That(ExportedFixes.Write(format.Writer(Zone), stretches, request), Is.EqualTo(first));
    }

    [TestCase("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [TestCase("+1", "'+1")]
    [TestCase("-2", "'-2")]
    [TestCase("@SUM(A1)", "'@SUM(A1)")]
    [TestCase("＝1+1", "'＝1+1")]
    [TestCase("\t=1", "'\t=1")]
    [TestCase("'quoted", "''quoted")]
    [TestCase("王\"五\", 队长", "王\"五\", 队长")]
    public void ANameInCsvIsNeverAFormula(string name, string cell)
    {
        var file = ExportedFixes.Write(
            new CsvFormat(Zone), Cut(ExportedFixes.Worker(3, "W-3", name), [Fixes.At(Fixes.Noon)], 120_000), ExportedFixes.Request(ExportFormat.Csv));
        Assert.That(ExportedFixes.Cells(Encoding.UTF8.GetString(file).Split("\r\n")[1])[1], Is.EqualTo(cell));
    }

    [Test]
    public void CsvShowsTheCentersClockToo()
    {
        var file = ExportedFixes.Write(new CsvFormat(Zone), Cut(ExportedFixes.Worker(3, "W-3", "x"), [Fixes.At(Fixes.Noon)], 120_000), ExportedFixes.Request(ExportFormat.Csv));
        var cells = ExportedFixes.Cells(Encoding.UTF8.GetString(file).Split("\r\n")[1]);
        Assert.That(cells[3..5], Is.EqualTo(new[] { "2026-09-21T14:13:20.000Z", "2026-09-21 22:13:20.000" }));
    }

    [Test]
    public void WhatXmlCannotHoldIsLeftOutOfNames()
    {
        var worker = ExportedFixes.Worker(3, "W-3", "a\u0001b\uFFFEc\uD83D\uDE00");
        var file = ExportedFixes.Write(new GpxFormat(), Cut(worker, [Fixes.At(Fixes.Noon)], 120_000), ExportedFixes.Request(ExportFormat.Gpx));
        Assert.That(Encoding.UTF8.GetString(file), Does.Contain("<name>W-3 abc\U0001F600</name>"));
    }

    [TestCase(0, "0.0000000")]
    [TestCase(-1, "-0.0000001")]
    [TestCase(1_125_700_000, "112.5700000")]
    [TestCase(-1_800_000_000, "-180.0000000")]
    public void PlacesAreWrittenToTheirLastDigit(int e7, string written)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        new ExportText(buffer).Decimal(e7, 7);
        Assert.That(Encoding.UTF8.GetString(buffer.WrittenSpan), Is.EqualTo(written));
    }

    [Test]
    public void WordsOfFlagsMeanTheSameFlagsBack()
    {
        for (var flags = 0; flags < 64; flags++)
        {
            Assert.That(ExportFields.Parse(ExportFields.Words((FixFlags)flags)), Is.EqualTo((FixFlags)flags));
        }

        Assert.That(ExportFields.Parse("mock unknown"), Is.Null);
    }

    private static List<Stretch> Cut(Worker worker, List<Fix> fixes, long gapMs)
    {
        var cutter = new StretchCutter(worker);
        return [.. cutter.Add(fixes, gapMs), .. cutter.End()];
    }
}
