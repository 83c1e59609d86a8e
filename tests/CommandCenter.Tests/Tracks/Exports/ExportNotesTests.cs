using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using CommandCenter.Tracks.Exports;

namespace CommandCenter.Tests.Tracks.Exports;

/// <summary>What is not in a file is said in it, where the format has a place for it.</summary>
public sealed class ExportNotesTests
{
    private static readonly ExportFormat[] WithAPlace = [ExportFormat.Gpx, ExportFormat.Kml, ExportFormat.GeoJson, ExportFormat.MfJson];

    [TestCaseSource(nameof(WithAPlace))]
    public void SaysByWhichRulesAndHowManyAndWhatWasDamaged(ExportFormat format)
    {
        var worker = ExportedFixes.Worker(3, "W-3", "张三");
        var notes = new ExportNotes();
        notes.Clean(new LeftOutFixes(1, 2, 3, 14));
        notes.Damage(new DamagedPart(worker, Fixes.Noon, Fixes.Noon, Fixes.Noon + 1_000, 720));
        var stretches = new[] { new Stretch(worker, 1, [Fixes.At(Fixes.Noon)]) };

        var file = ExportedFixes.Write(format.Writer(TimeZoneInfo.Utc), stretches, ExportedFixes.Request(format) with { Clean = true }, notes);

        var text = Encoding.UTF8.GetString(file);
        Assert.That(text, Does.Contain(LeftOutFixes.Rules));
        Assert.That(ExportedFixes.Read(format, file), Has.Count.EqualTo(1), "and the file is as readable as before");
        if (format is ExportFormat.GeoJson or ExportFormat.MfJson)
        {
            var left = JsonDocument.Parse(file).RootElement.GetProperty("leftOut");
            Assert.That(left.GetProperty("cleaned").GetProperty("drift").GetInt32(), Is.EqualTo(14));
            Assert.That(left.GetProperty("damaged")[0].GetProperty("worker").GetString(), Is.EqualTo("W-3"));
        }
        else
        {
            Assert.That(XDocument.Parse(text).Root!.Value, Does.Contain("20 fixes are left out").And.Contain("W-3 2026-09-21T14:13:20.000Z/2026-09-21T14:13:21.000Z, 720 fixes"));
        }
    }

    [Test]
    public void NamesOnlySoManyAndCountsTheRest()
    {
        var notes = new ExportNotes();
        for (var n = 0; n < ExportNotes.MostNamed + 5; n++)
        {
            notes.Damage(new DamagedPart(ExportedFixes.Worker(3, "W-3", "x"), n, n, n, 1));
        }

        Assert.That((notes.Damaged, notes.Named.Count), Is.EqualTo((ExportNotes.MostNamed + 5, ExportNotes.MostNamed)));
    }

    [TestCase(ExportFormat.Csv, "tracks-cleaned-")]
    [TestCase(ExportFormat.Gpx, "tracks-cleaned-")]
    public void TheNameOfACleanedFileSaysSo(ExportFormat format, string start) =>
        Assert.That((ExportedFixes.Request(format) with { Clean = true }).FileName, Does.StartWith(start));
}
