using CommandCenter.Areas;
using CommandCenter.Positions.Live;

namespace CommandCenter.Wall;

/// <summary>
/// What a wall looks at: the watched area, the viewer's own area (whose workers have names; all others are strangers), and optionally a
/// rectangle in 1e-7 degrees. Walls with equal scopes share their frames.
/// </summary>
public sealed record WallScope(int WatchedAreaId, int HomeAreaId, Bounds? Bounds)
{
    /// <summary>
    /// The epoch a wall is told: of this process, these areas and no rectangle. Whatever else a tick was of, resuming from it would leave
    /// gaps; so a frame with bounds (and a crowded one, which names no epoch at all) cannot be resumed from.
    /// </summary>
    public string EpochOf(string process) => Bounds is null ? $"{process}-{WatchedAreaId}-{HomeAreaId}" : "";
}

/// <summary>West, south, east, north in 1e-7 degrees, west of east: a view across the antimeridian is not of this earth's districts.</summary>
public readonly record struct Bounds(int West, int South, int East, int North)
{
    public bool Contains(int longitudeE7, int latitudeE7) =>
        longitudeE7 >= West && longitudeE7 <= East && latitudeE7 >= South && latitudeE7 <= North;

    /// <summary>From west, south, east, north in degrees; null when they are no rectangle on earth.</summary>
    public static Bounds? From(double[] degrees) =>
        degrees is [>= -180 and <= 180, >= -90 and <= 90, >= -180 and <= 180, >= -90 and <= 90]
        && degrees[0] <= degrees[2] && degrees[1] <= degrees[3]
            ? new Bounds((int)(degrees[0] * 1e7), (int)(degrees[1] * 1e7), (int)(degrees[2] * 1e7), (int)(degrees[3] * 1e7))
            : null;
}

/// <summary>A scope resolved in one tree: the two areas as nodes.</summary>
internal readonly record struct ScopeNodes(AreaNode Watched, AreaNode Home)
{
    /// <summary>Null when one of the areas is gone.</summary>
    public static ScopeNodes? Resolve(AreaTree tree, WallScope scope) =>
        tree.Find(scope.WatchedAreaId) is { } watched && tree.Find(scope.HomeAreaId) is { } home && home.Contains(watched)
            ? new ScopeNodes(watched, home)
            : null;

    public bool Sees(Sight sight) => sight.IsIn(Watched);

    public bool IsStranger(Sight sight) => !Sight.Holds(Home, sight.Home);
}
