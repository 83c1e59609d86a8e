using CommandCenter.Contracts.Areas;

namespace CommandCenter.Demo;

/// <summary>How often the demo's ground is to be patrolled: daily where people crowd, once a month in the hills, weekly elsewhere, which needs no saying.</summary>
internal static class DemoTargets
{
    private const int HotSpot = 1;
    private const int Remote = 30;

    private static readonly string[] Crowded = ["station", "square", "mall", "market"];

    public static IEnumerable<(string Code, int Days)> Of(DemoDistrict district)
    {
        var box = district.Areas[0].Outline.EnvelopeInternal;
        foreach (var area in district.Areas)
        {
            if (area.Kind == AreaKind.Grid && area.Use is not null && Crowded.Contains(area.Use))
            {
                yield return (area.Code, HotSpot);
            }
            else if (area.Kind == AreaKind.Community && area.Outline.Centroid.X > box.MinX + (0.8 * box.Width))
            {
                // The hills lie in the east.
                yield return (area.Code, Remote);
            }
        }
    }
}
