using CommandCenter.Contracts.Areas;
using CommandCenter.Geo;

namespace CommandCenter.Areas;

/// <summary>What of a scope's areas stands on a vector tile. Pure.</summary>
public static class AreaTileRules
{
    public const int MinZoom = 6;

    /// <summary>Further in, the map enlarges tiles of this zoom.</summary>
    public const int MaxZoom = 16;

    /// <summary>0 district to 4 micro-grid: the number in the tiles.</summary>
    public static int LevelOf(AreaKind kind) => kind - AreaKind.District;

    /// <summary>The lowest level that is drawn at a zoom: the whole tree at once would be a grey blot.</summary>
    public static int DeepestLevelAt(int zoom) => zoom switch
    {
        < 11 => 1,
        < 13 => 2,
        < 15 => 3,
        _ => 4,
    };

    /// <summary>Layers <c>areas</c> (polygons) and <c>names</c> (a point inside each); empty when nothing of the scope is there.</summary>
    public static byte[] Encode(AreaScope scope, TileAddress tile)
    {
        var encoded = new VectorTile();
        var (areas, names) = (encoded.Layer("areas"), encoded.Layer("names"));
        if (tile.Zoom < MinZoom)
        {
            return [];
        }

        var deepest = DeepestLevelAt(tile.Zoom);
        foreach (var node in scope.Tree.Near(tile.BoundsWithBuffer()))
        {
            var area = node.Area;
            var level = LevelOf(area.Kind);
            if (level > deepest || !scope.Contains(node))
            {
                continue;
            }

            areas.AddPolygon(
                TileCutter.Rings(tile, area.Geometry!), area.Id, ("code", area.Code), ("level", level), ("gridType", area.GridType?.Name()));
            if (TileCutter.Point(tile, node.Center!) is { } at)
            {
                names.AddPoint(
                    at,
                    area.Id,
                    ("id", area.Id),
                    ("code", area.Code),
                    ("name", area.Name),
                    ("nameEn", area.NameEn),
                    ("level", level),
                    ("gridType", area.GridType?.Name()));
            }
        }

        return encoded.Encode();
    }
}
