using CommandCenter.Areas;

namespace CommandCenter.Positions.Live;

/// <summary>
/// By whom a worker can be seen: whether there is something to show, the place of the home area in the walk of the tree, and that of
/// the area the marker stands in (-1: none).
/// </summary>
public readonly record struct Sight(bool Shown, int Home, int Place)
{
    public static readonly Sight Hidden = new(false, -1, -1);

    public bool IsIn(AreaNode area) => Shown && (Holds(area, Home) || Holds(area, Place));

    public static bool Holds(AreaNode area, int place) => place >= area.Enter && place < area.Exit;
}
