using System.Text.Json;
using System.Text.Json.Nodes;
using CommandCenter.Geo;
using CommandCenter.Streets;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace CommandCenter.Demo;

/// <summary>
/// The district as a basemap of its own, <c>basemaps/demo.pmtiles</c> in the data folder: nothing of it comes from the internet, and all of it is
/// generated, as its attribution says.
/// </summary>
public static class DemoBasemap
{
    public const string Attribution = "演示数据·街道与边界为生成 / Demo data: streets and borders are generated";
    public const int MinZoom = 8;
    public const int MaxZoom = 15;

    private const string FingerprintKey = "plan";

    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, "basemaps", "demo.pmtiles");

    /// <summary>The plan that the file was made from; null when it is missing or damaged.</summary>
    public static string? FingerprintOf(string path) =>
        PmTiles.ReadMetadata(path) is { ValueKind: JsonValueKind.Object } metadata
        && metadata.TryGetProperty(FingerprintKey, out var plan) && plan.ValueKind == JsonValueKind.String
            ? plan.GetString()
            : null;

    public static void Write(string path, DemoDistrict district)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var bounds = district.Plan.Bounds;
        PmTiles.Write(path, Tiles(district), Metadata(district.Plan), new Envelope(bounds[0], bounds[2], bounds[1], bounds[3]));
    }

    private static IEnumerable<(TileAddress Tile, byte[] Bytes)> Tiles(DemoDistrict district)
    {
        var bounds = district.Plan.Bounds;
        var roads = DemoRoads.LinesOf(district.Streets);
        for (var zoom = MinZoom; zoom <= MaxZoom; zoom++)
        {
            var features = new STRtree<DemoFeature>();
            foreach (var feature in district.Features.Where(feature => feature.MinZoom <= zoom && feature.MaxZoom >= zoom))
            {
                features.Insert(feature.Shape.EnvelopeInternal, feature);
            }

            var lines = new STRtree<DemoRoad>();
            foreach (var road in roads.Where(road => MinZoomOf(road.Street.Class) <= zoom))
            {
                lines.Insert(road.Box, road);
            }

            var (first, last) = (TileAddress.At(zoom, bounds[0], bounds[3]), TileAddress.At(zoom, bounds[2], bounds[1]));
            foreach (var tile in from x in Enumerable.Range(first.X, last.X - first.X + 1)
                                 from y in Enumerable.Range(first.Y, last.Y - first.Y + 1)
                                 select new TileAddress(zoom, x, y))
            {
                var box = tile.BoundsWithBuffer();
                var bytes = Encode(
                    tile,
                    features.Count == 0 ? [] : features.Query(box).OrderBy(feature => feature.Order),
                    lines.Count == 0 ? [] : lines.Query(box).OrderBy(road => road.Street.Class).ThenBy(road => road.Order));
                if (bytes.Length > 0)
                {
                    yield return (tile, bytes);
                }
            }
        }
    }

    private static byte[] Encode(TileAddress tile, IEnumerable<DemoFeature> features, IEnumerable<DemoRoad> lines)
    {
        var encoded = new VectorTile();
        var layers = new[] { "land", "water", "places" }.ToDictionary(name => name, encoded.Layer);
        foreach (var feature in features)
        {
            ReadOnlySpan<(string, object?)> attributes = [("kind", feature.Kind), ("name", feature.Name), ("name_en", feature.NameEn)];
            if (feature.Shape is not Point point)
            {
                layers[feature.Layer].AddPolygon(TileCutter.Rings(tile, feature.Shape), null, attributes);
            }
            else if (TileCutter.Point(tile, point.Coordinate) is { } at)
            {
                layers[feature.Layer].AddPoint(at, null, attributes);
            }
        }

        var roads = encoded.Layer("roads");
        foreach (var (_, line, street, _) in lines)
        {
            roads.AddLines(
                TileCutter.Lines(tile, line), null, ("class", street.Class.ToString().ToLowerInvariant()), ("name", street.Name), ("name_en", street.NameEn));
        }

        return encoded.Encode();
    }

    private static int MinZoomOf(StreetClass kind) => kind switch
    {
        StreetClass.Trunk or StreetClass.Primary => MinZoom,
        StreetClass.Secondary => 11,
        StreetClass.Residential => 13,
        _ => 14,
    };

    private static byte[] Metadata(DemoPlan plan)
    {
        static JsonObject Layer(string id, string first) => new()
        {
            ["id"] = id,
            ["minzoom"] = MinZoom,
            ["maxzoom"] = MaxZoom,
            ["fields"] = new JsonObject { [first] = "String", ["name"] = "String", ["name_en"] = "String" },
        };

        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["name"] = plan.Name,
            ["attribution"] = Attribution,
            ["generated"] = true,
            [FingerprintKey] = plan.Fingerprint,
            ["vector_layers"] = new JsonArray(Layer("land", "kind"), Layer("water", "kind"), Layer("roads", "class"), Layer("places", "kind")),
        });
    }
}
