using System.Globalization;
using CommandCenter.Contracts.Areas;
using CommandCenter.Contracts.Import;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.Operation.OverlayNG;

namespace CommandCenter.Import;

/// <summary>
/// How the polygons of a file fit: each within its parent, beside its siblings, without holes between. Pure. What is thinner than a border is
/// drawn does not count; what is small is a warning; what would send the wrong people to an alarm is an error.
/// </summary>
public static class AreaFitRules
{
    /// <summary>Thinner than this, metres, it is two drawings of one border.</summary>
    public const double BorderMeters = 0.1;

    /// <summary>Overlaps and parts outside below this are not worth a word, square metres.</summary>
    public const double TrifleSquareMeters = 10;

    /// <summary>An overlap larger than this and than <see cref="OverlapShare"/> of the smaller area is an error, square metres.</summary>
    public const double OverlapSquareMeters = 100;

    public const double OverlapShare = 0.01;

    /// <summary>More of an area than this outside of its parent is an error.</summary>
    public const double OutsideShare = 0.2;

    /// <summary>Children that cover more than this are meant to cover all: what they leave is a gap.</summary>
    public const double CoverShare = 0.8;

    /// <summary>Smaller gaps, square metres, and narrower ones, metres, are not worth a word.</summary>
    public const double GapSquareMeters = 100;

    public const double GapMeters = 1;

    private const int MaxGapsPerParent = 20;

    /// <summary>Corners of all pairs compared, and something for each pair; twice what 20,000 well drawn areas take.</summary>
    private const long MaxWork = 40_000_000;
    private const int WorkOfAPair = 50;

    private const long FewMeetings = 10_000;
    private const long ManyMeetings = 1_000_000;

    /// <summary>Nobody reads on: a file in which nearly everything overlaps has millions.</summary>
    private const int EnoughErrors = 2_000;

    public static void Check(IReadOnlyDictionary<string, PlannedArea> planned, ImportProblems problems)
    {
        var work = MaxWork;
        foreach (var family in planned.Values.Where(area => area.Geometry is not null).GroupBy(area => area.Parent))
        {
            var parent = family.Key is null ? null : planned.GetValueOrDefault(family.Key);
            var children = family.ToList();
            if ((parent?.Row is null && children.TrueForAll(child => child.Row is null)) || parent is null)
            {
                continue;
            }

            var within = CheckWithin(parent, children, problems, ref work);
            CheckSiblings(within, problems, ref work);
            CheckGaps(parent, within, problems, ref work);
            if (work < 0 || problems.Errors > EnoughErrors)
            {
                var row = children.Find(child => child.Row is not null) ?? parent;
                problems.Error(row.RowNumber, row.Code, "geometry", ImportFault.Overlap, "So many areas lie upon each other that the rest was not looked at.");
                return;
            }
        }
    }

    /// <summary>Those that are where they should be; one that lies elsewhere overlaps whatever it likes, which needs no further word.</summary>
    private static List<PlannedArea> CheckWithin(PlannedArea parent, List<PlannedArea> children, ImportProblems problems, ref long work)
    {
        if (parent.Geometry is not { } frame)
        {
            return children;
        }

        var prepared = PreparedGeometryFactory.Prepare(frame);
        var within = new List<PlannedArea>();
        foreach (var child in children)
        {
            var shape = child.Geometry!;
            work -= shape.NumPoints;
            if ((child.Row ?? parent.Row) is null || prepared.Covers(shape))
            {
                within.Add(child);
                continue;
            }

            work -= frame.NumPoints + CrossingWork(shape, frame);
            if (work < 0)
            {
                return within;
            }

            var outside = Polygons(OverlayNGRobust.Overlay(shape, frame, NetTopologySuite.Operation.Overlay.SpatialFunction.Difference));
            var size = outside.SquareMeters();
            if (size < TrifleSquareMeters || outside.WidthMeters() < BorderMeters)
            {
                within.Add(child);
                continue;
            }

            var share = size / shape.SquareMeters();
            if (share <= OutsideShare)
            {
                within.Add(child);
            }

            Report(child, parent, share, size, outside, problems);
        }

        return within;
    }

    private static void Report(PlannedArea child, PlannedArea parent, double share, double size, Geometry outside, ImportProblems problems)
    {
        // Named by the row that the person can change: the child's, or the parent's if only that one is in the file.
        var (area, other) = child.Row is not null ? (child, parent) : (parent, child);
        if (share > 0.999 && child.Row is not null && parent.Geometry!.EnvelopeInternal.Intersects(Turned(child.Geometry!.EnvelopeInternal)))
        {
            problems.Error(
                area.RowNumber, area.Code, "geometry", ImportFault.LatitudeFirst, $"With latitude and longitude exchanged it would lie in {parent.Code}: GeoJSON has longitude first.");
            return;
        }

        var severity = share > OutsideShare ? ImportSeverity.Error : ImportSeverity.Warning;
        var text = string.Create(CultureInfo.InvariantCulture, $"{size:0} m² ({share:P1}) of {child.Code} lie outside of {parent.Code}.");
        problems.Add(new ImportProblem(
            area.RowNumber, area.Code, "geometry", ImportFault.OutsideParent, severity, text, other.Code, Math.Round(size), outside.PlaceIn()));
    }

    private static Envelope Turned(Envelope box) => new(box.MinY, box.MaxY, box.MinX, box.MaxX);

    private static void CheckSiblings(List<PlannedArea> siblings, ImportProblems problems, ref long work)
    {
        if (siblings.Count < 2)
        {
            return;
        }

        var index = new STRtree<int>();
        for (var i = 0; i < siblings.Count; i++)
        {
            index.Insert(siblings[i].Geometry!.EnvelopeInternal, i);
        }

        for (var i = 0; i < siblings.Count; i++)
        {
            var one = siblings[i];
            foreach (var at in index.Query(one.Geometry!.EnvelopeInternal).Where(at => at > i).Order())
            {
                var two = siblings[at];
                if (one.Row is null && two.Row is null)
                {
                    continue;
                }

                work -= WorkOfAPair + one.Geometry!.NumPoints + two.Geometry!.NumPoints + CrossingWork(one.Geometry, two.Geometry);
                if (work < 0 || problems.Errors > EnoughErrors)
                {
                    return;
                }

                CheckPair(one, two, problems);
            }
        }
    }

    private static void CheckPair(PlannedArea one, PlannedArea two, ImportProblems problems)
    {
        var both = Polygons(OverlayNGRobust.Overlay(one.Geometry!, two.Geometry!, NetTopologySuite.Operation.Overlay.SpatialFunction.Intersection));
        var size = both.SquareMeters();
        if (size < TrifleSquareMeters || both.WidthMeters() < BorderMeters)
        {
            return;
        }

        // An exclusive grid (a school, a market) is often drawn upon the ordinary grid around it; people of both are meant then.
        var small = Math.Min(one.Geometry!.SquareMeters(), two.Geometry!.SquareMeters());
        var isError = size > Math.Max(OverlapSquareMeters, OverlapShare * small) && one.GridType == two.GridType;
        var (area, other) = one.RowNumber > two.RowNumber ? (one, two) : (two, one);
        problems.Add(new ImportProblem(
            area.RowNumber,
            area.Code,
            "geometry",
            ImportFault.Overlap,
            isError ? ImportSeverity.Error : ImportSeverity.Warning,
            string.Create(CultureInfo.InvariantCulture, $"It overlaps {other.Code} by {size:0} m²."),
            other.Code,
            Math.Round(size),
            both.PlaceIn()));
    }

    private static void CheckGaps(PlannedArea parent, List<PlannedArea> children, ImportProblems problems, ref long work)
    {
        if (work < 0 || problems.Errors > EnoughErrors || parent.Geometry is not { } frame || children.Sum(child => child.Geometry!.Area) < CoverShare * frame.Area)
        {
            return;
        }

        work -= frame.NumPoints + children.Sum(child => (long)child.Geometry!.NumPoints);
        var covered = OverlayNGRobust.Union(children.Select(child => child.Geometry!).ToList());
        var open = Polygons(OverlayNGRobust.Overlay(frame, covered, NetTopologySuite.Operation.Overlay.SpatialFunction.Difference));
        if (open.Area > (1 - CoverShare) * frame.Area)
        {
            return;
        }

        var gaps = Enumerable.Range(0, open.NumGeometries).Select(open.GetGeometryN)
            .Select(gap => (Shape: gap, Size: gap.SquareMeters()))
            .Where(gap => gap.Size >= GapSquareMeters && gap.Shape.WidthMeters() >= GapMeters)
            .OrderByDescending(gap => gap.Size)
            .Take(MaxGapsPerParent);
        foreach (var (shape, size) in gaps)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"The areas in {parent.Code} leave a gap of {size:0} m².");
            problems.Add(new ImportProblem(
                parent.RowNumber, parent.Code, "geometry", ImportFault.Gap, ImportSeverity.Warning, text, null, Math.Round(size), shape.PlaceIn()));
        }
    }

    /// <summary>
    /// What comparing may cost beyond reading: two combs laid across each other meet at as many points as the product of their teeth. Only corners in the
    /// common box can meet; beyond a million possible meetings a pair alone uses the file's budget up.
    /// </summary>
    private static long CrossingWork(Geometry one, Geometry two)
    {
        if ((long)one.NumPoints * two.NumPoints <= FewMeetings)
        {
            return 0;
        }

        var common = one.EnvelopeInternal.Intersection(two.EnvelopeInternal);
        common.ExpandBy(Math.Max(common.Width, common.Height) * 0.01);
        var meetings = (long)one.Coordinates.Count(common.Contains) * two.Coordinates.Count(common.Contains);
        return meetings <= ManyMeetings ? meetings / 10 : meetings * 40;
    }

    /// <summary>The parts with a surface: neighbours meet in lines and points, too.</summary>
    private static Geometry Polygons(Geometry mixed) => mixed switch
    {
        Polygon or MultiPolygon => mixed,
        _ => mixed.Factory.CreateMultiPolygon([.. Enumerable.Range(0, mixed.NumGeometries).Select(mixed.GetGeometryN).OfType<Polygon>()]),
    };
}
