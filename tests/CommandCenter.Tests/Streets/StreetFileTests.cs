using System.Text.Json;
using CommandCenter.Geo;
using CommandCenter.Streets;

namespace CommandCenter.Tests.Streets;

public sealed class StreetFileTests
{
    [Test]
    public void KeepsTheGoodAndTellsWhyOfEachBad()
    {
        var (streets, refused, count) = Read("""
            {"type":"FeatureCollection","features":[
              {"type":"Feature","properties":{"highway":"residential","name":"桃园路","name:en":"Taoyuan Road"},"geometry":{"type":"LineString","coordinates":[[112.5,37.8],[112.6,37.8]]}},
              {"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[112.5,37.8]}},
              {"type":"Feature","properties":{"class":"river"},"geometry":{"type":"LineString","coordinates":[[112.5,37.8],[112.6,37.8]]}},
              {"type":"Feature","properties":null,"geometry":{"type":"MultiLineString","coordinates":[[[112.5,37.8],[112.6,37.8]],[[112.7,37.8],[112.8,37.8]]]}},
              {"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[112.5,137.8],[112.6,37.8]]}},
              7
            ]}
            """)!.Value;

        Assert.Multiple(() =>
        {
            Assert.That(streets.Select(street => (street.Class, street.Name, street.NameEn)), Is.EqualTo(new (StreetClass, string?, string?)[]
            {
                (StreetClass.Residential, "桃园路", "Taoyuan Road"), (StreetClass.Residential, null, null), (StreetClass.Residential, null, null),
            }));
            Assert.That(refused.Select(one => one.Feature), Is.EqualTo(new[] { 1, 2, 4, 5 }));
            Assert.That(count, Is.EqualTo(4));
        });
    }

    [Test]
    public void APositionAstrayIsNamedAndCostsItsFeatureAlone()
    {
        var (streets, refused, _) = Read("""
            {"type":"FeatureCollection","features":[
              {"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[112.5,37.8],[0,0],[112.6,37.8]]}},
              {"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[112.5,37.8],[112.6,37.8]]}}
            ]}
            """)!.Value;

        Assert.That(streets, Has.Count.EqualTo(1));
        Assert.That(refused.Single().Reason, Does.Contain("20 km apart"));
    }

    [TestCase("[]")]
    [TestCase("""{"type":"Feature"}""")]
    [TestCase("""{"type":"FeatureCollection","features":{}}""")]
    public void AnythingElseIsNoFile(string json) => Assert.That(Read(json), Is.Null);

    [Test]
    public void ADeclaredDatumIsConverted()
    {
        const string Json = """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[112.5,37.8],[112.6,37.8]]}}]}""";
        using var document = JsonDocument.Parse(Json);
        var shifted = StreetFile.Read(document.RootElement, Datum.Gcj02, out _)!.Value.Streets.Single().Line[0];
        var expected = Gcj02.ToWgs84(112.5, 37.8);

        Assert.That((shifted.X, shifted.Y), Is.EqualTo((expected.Item1, expected.Item2)));
    }

    private static (List<Street> Streets, List<CommandCenter.Contracts.Streets.StreetRefusal> Refused, int RefusedCount)? Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return StreetFile.Read(document.RootElement, Datum.Wgs84, out _);
    }
}
