using System.Text;
using CommandCenter.Contracts.Import;
using CommandCenter.Import;
using static CommandCenter.Tests.Import.Center;

namespace CommandCenter.Tests.Import;

/// <summary>Area files that are broken in themselves.</summary>
public sealed class AreaFileTests
{
    [TestCase("", "not-geojson")]
    [TestCase("[]", "not-geojson")]
    [TestCase("{", "not-geojson")]
    [TestCase("null", "not-geojson")]
    [TestCase("""{"type":"Feature","properties":{},"geometry":null}""", "not-geojson")]
    [TestCase("""{"type":"FeatureCollection"}""", "not-geojson")]
    [TestCase("""{"type":"FeatureCollection","features":{}}""", "not-geojson")]
    [TestCase("""{"type":"FeatureCollection","features":[]}{}""", "not-geojson")]
    [TestCase("""{"type":"FeatureCollection","features":[{"type":"Feature",]}""", "not-geojson")]
    [TestCase("""{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:3857"}},"features":[]}""", "not-geojson")]
    public void RefusesAFileThatIsNoFeatureCollection(string file, string reason)
    {
        var (plan, _, refusal) = Take(file);
        Assert.That((plan, refusal?.Reason, refusal?.Status), Is.EqualTo(((AreaPlan?)null, reason, 400)));
    }

    [Test]
    public void SaysInWhichLineJsonEnds()
    {
        var (_, _, refusal) = Take("{\n\"type\":\"FeatureCollection\",\n\"features\":[\n{]}");
        Assert.That(refusal!.Detail, Does.Contain("line 4"));
    }

    [TestCase("urn:ogc:def:crs:OGC:1.3:CRS84")]
    [TestCase("EPSG:4326")]
    [TestCase("urn:ogc:def:crs:EPSG::4490")]
    public void TakesDegreesByAnyOfTheirNames(string crs)
    {
        var (plan, problems, _) = Take($$$"""{"crs":{"type":"name","properties":{"name":"{{{crs}}}"}},"name":"x","features":[{{{Feature("G1", "null")}}}],"type":"FeatureCollection"}""");
        Assert.That((plan!.Unchanged, problems.Errors), Is.EqualTo((1, 0)));
    }

    [TestCase("7")]
    [TestCase("null")]
    [TestCase("""{"type":"Feature"}""")]
    [TestCase("""{"type":"Feature","properties":null,"geometry":null}""")]
    [TestCase("""{"type":"Point","properties":{"code":"X"},"coordinates":[1,2]}""")]
    [TestCase("""{"type":"Feature","properties":{"code":"\ud800"},"geometry":null}""")]
    public void NamesTheItemThatIsNoFeature(string item)
    {
        var (_, problems, _) = Take(Collection(Feature("G1", "null"), item));
        Assert.That(problems.Said(), Has.Member("2 - NotAFeature Error"));
    }

    [TestCase("""{}""", "2 - Missing Error")]
    [TestCase("""{"code":""}""", "2 - Missing Error")]
    [TestCase("""{"code":[1]}""", "2 - Missing Error")]
    [TestCase("""{"code":"a b"}""", "2 a b Invalid Error")]
    [TestCase("""{"code":1.4e+11}""", "2 1.4e+11 Invalid Error")]
    [TestCase("""{"code":"G1"}""", "2 G1 Duplicate Error")]
    [TestCase("""{"code":"G2","kind":"grad"}""", "2 G2 Invalid Error")]
    [TestCase("""{"code":"G2","gridType":"odd"}""", "2 G2 Invalid Error")]
    [TestCase("""{"code":"G2","parent":"no such code!"}""", "2 G2 Invalid Error")]
    public void NamesTheFieldThatIsWrong(string properties, string expected)
    {
        var (_, problems, _) = Take(Collection(Feature("G1", "null"), $$"""{"type":"Feature","properties":{{properties}},"geometry":null}"""));
        Assert.That(problems.Said(), Has.Member(expected));
    }

    [Test]
    public void RefusesNamesThatAreTooLongOrHoldControls()
    {
        var (_, problems, _) = Take(Collection(Feature("G1", "null", $"\"name\":\"{new string('x', 101)}\""), Feature("G2", "null", "\"nameEn\":\"a\\u0007b\"")));
        Assert.That(problems.ToList().Where(p => p.Severity == ImportSeverity.Error).Select(p => (p.Row, p.Field)), Is.EqualTo(new[] { (1, "name"), (2, "nameEn") }));
    }

    [Test]
    public void ReadsChineseNamesOfFieldsAndKindsAndCodesWrittenAsNumbers()
    {
        var (plan, problems, _) = Take(
            $$$"""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"编码":140106001,"名称":"柳巷","类别":"网格","网格类型":"专属","上级编码":"C1"},"geometry":null}]}""");
        Assert.That(problems.Errors, Is.Zero);
        var area = plan!.Writes.Single();
        Assert.That((area.Code, area.Name, $"{area.Kind} {area.GridType}", area.Parent), Is.EqualTo(("140106001", "柳巷", "Grid Exclusive", "C1")));
    }

    [Test]
    public void StopsAtItsBounds()
    {
        var file = Encoding.UTF8.GetBytes(Collection(Feature("G1", Box(0, 0, 5, 5)), Feature("G2", Box(0, 5, 5, 10))));
        Assert.That(Reason(new ImportOptions { MaxFeatures = 1 }), Is.EqualTo("too-many"));
        Assert.That(Reason(new ImportOptions { MaxPositions = 9 }), Is.EqualTo("too-many"));
        Assert.That(Reason(new ImportOptions { MaxFeatures = 2, MaxPositions = 10 }), Is.Null);

        string? Reason(ImportOptions bounds)
        {
            AreaFileReader.Read(file, default, bounds, new ImportProblems(), out var refusal);
            return refusal?.Reason;
        }
    }
}
