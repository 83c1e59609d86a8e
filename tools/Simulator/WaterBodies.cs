using System.Text.Json;

namespace CommandCenter.Simulator;

/// <summary>Rivers and lakes, degrees WGS-84: where nobody walks. Holes are islands.</summary>
public sealed class WaterBodies
{
    public static readonly WaterBodies None = new([]);

    private readonly List<Body> _bodies;

    private WaterBodies(List<Body> bodies) => _bodies = bodies;

    /// <summary>Null and a sentence when one is no GeoJSON Polygon.</summary>
    public static WaterBodies? Read(IReadOnlyList<JsonElement>? polygons, out string fault)
    {
        var bodies = new List<Body>();
        for (var i = 0; i < (polygons?.Count ?? 0); i++)
        {
            if (ReadPolygon(polygons![i]) is not { } body)
            {
                fault = $"water {i}: expected a GeoJSON Polygon";
                return null;
            }

            bodies.Add(body);
        }

        fault = "";
        return bodies.Count == 0 ? None : new WaterBodies(bodies);
    }

    public bool Holds(double longitude, double latitude)
    {
        foreach (var body in _bodies)
        {
            if (body.Box.Holds(longitude, latitude) && body.Holds(longitude, latitude))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a straight way gets wet anywhere.</summary>
    public bool Wets(double[] from, double[] to)
    {
        foreach (var body in _bodies)
        {
            if (Math.Max(from[0], to[0]) >= body.Box.West && Math.Min(from[0], to[0]) <= body.Box.East
                && Math.Max(from[1], to[1]) >= body.Box.South && Math.Min(from[1], to[1]) <= body.Box.North
                && (body.Holds(from[0], from[1]) || body.Holds(to[0], to[1]) || body.Crosses(from, to)))
            {
                return true;
            }
        }

        return false;
    }

    private static Body? ReadPolygon(JsonElement polygon)
    {
        try
        {
            if (polygon.ValueKind != JsonValueKind.Object
                || !polygon.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || !type.ValueEquals("Polygon")
                || !polygon.TryGetProperty("coordinates", out var coordinates)
                || coordinates.Deserialize<double[][][]>() is not { Length: > 0 } rings)
            {
                return null;
            }

            return rings.All(ring => ring is { Length: >= 4 } && ring.All(p => p is { Length: >= 2 } && StreetGraph.IsPlace(p[0], p[1])))
                ? new Body(rings)
                : null;
        }
        catch (JsonException)
        {
            return null; // said by the caller, with the polygon's number
        }
    }

    private sealed class Body(double[][][] rings)
    {
        public Bounds Box { get; } = new(
            rings[0].Min(p => p[0]), rings[0].Min(p => p[1]), rings[0].Max(p => p[0]), rings[0].Max(p => p[1]));

        /// <summary>By the even-odd rule over all rings.</summary>
        public bool Holds(double x, double y)
        {
            var inside = false;
            foreach (var ring in rings)
            {
                for (int i = 0, j = ring.Length - 1; i < ring.Length; j = i++)
                {
                    if (ring[i][1] > y != ring[j][1] > y
                        && x < ((ring[j][0] - ring[i][0]) * (y - ring[i][1]) / (ring[j][1] - ring[i][1])) + ring[i][0])
                    {
                        inside = !inside;
                    }
                }
            }

            return inside;
        }

        public bool Crosses(double[] from, double[] to)
        {
            foreach (var ring in rings)
            {
                for (var i = 1; i < ring.Length; i++)
                {
                    if (Side(from, to, ring[i - 1]) * Side(from, to, ring[i]) <= 0 && Side(ring[i - 1], ring[i], from) * Side(ring[i - 1], ring[i], to) <= 0
                        && Overlap(from, to, ring[i - 1], ring[i]))
                    {
                        return true;
                    }
                }
            }

            return false;
        }

        private static double Side(double[] a, double[] b, double[] p) =>
            Math.Sign(((b[0] - a[0]) * (p[1] - a[1])) - ((b[1] - a[1]) * (p[0] - a[0])));

        /// <summary>Parts of one line pass the test of sides wherever they lie.</summary>
        private static bool Overlap(double[] a, double[] b, double[] c, double[] d) =>
            Math.Max(a[0], b[0]) >= Math.Min(c[0], d[0]) && Math.Max(c[0], d[0]) >= Math.Min(a[0], b[0])
            && Math.Max(a[1], b[1]) >= Math.Min(c[1], d[1]) && Math.Max(c[1], d[1]) >= Math.Min(a[1], b[1]);
    }
}
