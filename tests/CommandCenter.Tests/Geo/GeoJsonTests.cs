using System.Text.Json;
using CommandCenter.Geo;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace CommandCenter.Tests.Geo;

public sealed class GeoJsonTests
{
    [Test]
    public void ReadsBackWhatItWrote()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            Geometry shape = (seed % 3) switch
            {
                0 => Wgs84.Factory.CreatePoint(At(random.NextDouble() * 360 - 180, random.NextDouble() * 180 - 90)),
                1 => Star(random, random.NextDouble() * 300 - 150, random.NextDouble() * 150 - 75, hole: seed % 2 == 0),
                _ => Wgs84.Factory.CreateMultiPolygon([Star(random, -20, 10, hole: true), Star(random, 20, -10, hole: false)]),
            };
            var read = GeoJsonReader.Read(GeoJsonWriter.ToElement(shape), out var error);
            Assert.That(error, Is.Null, $"seed {seed}");
            Assert.That(read!.EqualsTopologically(shape), $"seed {seed}: {read} is not {shape}");
        }
    }

    [Test]
    public void WritesOuterRingsCounterClockwiseAndHolesClockwise()
    {
        var star = Star(new Random(1), 0, 0, hole: true);
        foreach (var shape in new[] { star, (Polygon)star.Reverse() })
        {
            var rings = GeoJsonWriter.ToElement(shape).GetProperty("coordinates").EnumerateArray()
                .Select(ring => ring.EnumerateArray().Select(position => new Coordinate(position[0].GetDouble(), position[1].GetDouble())).ToArray())
                .ToList();
            Assert.That(rings.Select(Orientation.IsCCW), Is.EqualTo(new[] { true, false }));
        }
    }

    [Test]
    public void PutsLongitudeBeforeLatitude()
    {
        var point = (Point)GeoJsonReader.Read(Json("""{"type":"Point","coordinates":[112.55,37.87]}"""), out _)!;
        Assert.That((point.X, point.Y), Is.EqualTo((112.55, 37.87)));
        Assert.That(GeoJsonWriter.ToElement(point).GetRawText(), Is.EqualTo("""{"type":"Point","coordinates":[112.55,37.87]}"""));
    }

    [Test]
    public void TakesAFeatureForItsGeometryAndIgnoresAltitude()
    {
        var read = GeoJsonReader.Read(Json("""{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,2,812.5]}}"""), out var error);
        Assert.That(error, Is.Null);
        Assert.That(read!.Coordinate.X, Is.EqualTo(1));
    }

    [TestCase("null", "GeoJSON object")]
    [TestCase("[]", "GeoJSON object")]
    [TestCase("{}", "'type'")]
    [TestCase("""{"type":"LineString","coordinates":[[1,2],[3,4]]}""", "Point, Polygon or MultiPolygon")]
    [TestCase("""{"type":"Point"}""", "'coordinates'")]
    [TestCase("""{"type":"Point","coordinates":[1]}""", "[longitude, latitude]")]
    [TestCase("""{"type":"Point","coordinates":["1","2"]}""", "[longitude, latitude]")]
    [TestCase("""{"type":"Point","coordinates":[181,0]}""", "-180 to 180")]
    [TestCase("""{"type":"Point","coordinates":[37.87,112.55]}""", "-90 to 90")]
    [TestCase("""{"type":"Point","coordinates":[1e999,0]}""", "")]
    [TestCase("""{"type":"Point","coordinates":[1,2],"crs":{}}""", "WGS-84")]
    [TestCase("""{"type":"\ud800","coordinates":[1,2]}""", "Unicode")]
    [TestCase("""{"\ud800":1,"type":"Point","coordinates":[1,2]}""", "Unicode")]
    [TestCase("""{"type":"Polygon","coordinates":[]}""", "at least one ring")]
    [TestCase("""{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,0]]]}""", "four or more")]
    [TestCase("""{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}""", "end where it starts")]
    [TestCase("""{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}""", "cross")]
    [TestCase("""{"type":"MultiPolygon","coordinates":[]}""", "no polygon")]
    [TestCase("""{"type":"Feature","geometry":{"type":"Feature","geometry":{}}}""", "")]
    public void SaysWhatIsWrong(string json, string expected)
    {
        var read = GeoJsonReader.Read(Json(json), out var error);
        Assert.That(read, Is.Null);
        Assert.That(error, Does.Contain(expected).And.Not.Empty);
    }

    [Test]
    public void NeverThrowsOnMutilatedInput()
    {
        var whole = GeoJsonWriter.ToElement(Star(new Random(5), 0, 0, hole: true)).GetRawText();
        var random = new Random(11);
        for (var n = 0; n < 2_000; n++)
        {
            var at = random.Next(whole.Length);
            var length = random.Next(1, Math.Min(20, whole.Length - at) + 1);
            var text = whole.Remove(at, length).Insert(at, "[]{},0\"n"[random.Next(8)].ToString());
            try
            {
                using var document = JsonDocument.Parse(text);
                Assert.DoesNotThrow(() => GeoJsonReader.Read(document.RootElement, out _), text);
            }
            catch (JsonException)
            {
                // Not JSON at all: never gets that far.
            }
        }
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static Coordinate At(double x, double y) => new(Math.Round(x, 7), Math.Round(y, 7));

    /// <summary>A star-shaped polygon, which never crosses itself.</summary>
    private static Polygon Star(Random random, double x, double y, bool hole)
    {
        var corners = random.Next(4, 40);
        LinearRing Ring(double low, double high)
        {
            var ring = Enumerable.Range(0, corners).Select(n =>
            {
                var radius = low + (random.NextDouble() * (high - low));
                return At(x + (radius * Math.Cos(2 * Math.PI * n / corners)), y + (radius * Math.Sin(2 * Math.PI * n / corners)));
            }).ToList();
            ring.Add(ring[0].Copy());
            return Wgs84.Factory.CreateLinearRing([.. ring]);
        }

        return Wgs84.Factory.CreatePolygon(Ring(9, 14), hole ? [Ring(1, 3)] : []);
    }
}
