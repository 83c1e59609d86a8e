using System.Globalization;
using CommandCenter.Areas;
using CommandCenter.Contracts.Import;
using CommandCenter.Geo;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;

namespace CommandCenter.Import;

/// <summary>
/// How the polygons of a file fit: each within its parent and beside its siblings, as <see cref="AreaFit"/> judges, without holes between. Pure.
/// </summary>
public static class AreaFitRules
{
    /// <summary>Children that cover more than this are meant to cover all: what they leave is a gap.</summary>
    public const double CoverShare = 0.8;

    /// <summary>Smaller gaps, square metres, and narrower ones, metres, are not worth a word.</summary>
    public const double GapSquareMeters = 100;

    public const double GapMeters = 1;

    private const int MaxGapsPerParent = 20;

    /// <summary>Corners of all pairs compared, and something for each pair; twice what 20,000 well drawn areas take.</summary>
    private const long MaxWork = 40_000_000;
    private const int WorkOfAPair = 50;

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

            work -= frame.NumPoints + AreaFit.CrossingWork(shape, frame);
            if (work < 0)
            {
                return within;
            }

            if (AreaFit.Outside(shape, frame) is not { } outside)
            {
                within.Add(child);
                continue;
            }

            if (!outside.IsError)
            {
                within.Add(child);
            }

            Report(child, parent, outside, problems);
        }

        return within;
    }

    private static void Report(PlannedArea child, PlannedArea parent, AreaMisfit outside, ImportProblems problems)
    {
        // Named by the row that the person can change: the child's, or the parent's if only that one is in the file.
        var (area, other) = child.Row is not null ? (child, parent) : (parent, child);
        if (child.Row is not null && AreaFit.LooksTurned(child.Geometry!, parent.Geometry!, outside))
        {
            problems.Error(
                area.RowNumber, area.Code, "geometry", ImportFault.LatitudeFirst, $"With latitude and longitude exchanged it would lie in {parent.Code}: GeoJSON has longitude first.");
            return;
        }

        var text = string.Create(CultureInfo.InvariantCulture, $"{outside.SquareMeters:0} m² ({outside.Share:P1}) of {child.Code} lie outside of {parent.Code}.");
        problems.Add(new ImportProblem(
            area.RowNumber,
            area.Code,
            "geometry",
            ImportFault.OutsideParent,
            SeverityOf(outside),
            text,
            other.Code,
            Math.Round(outside.SquareMeters),
            outside.Part.PlaceIn()));
    }

    private static ImportSeverity SeverityOf(AreaMisfit misfit) => misfit.IsError ? ImportSeverity.Error : ImportSeverity.Warning;

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

                work -= WorkOfAPair + one.Geometry!.NumPoints + two.Geometry!.NumPoints + AreaFit.CrossingWork(one.Geometry, two.Geometry);
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
        if (AreaFit.Overlap(one.Geometry!, one.GridType, two.Geometry!, two.GridType) is not { } overlap)
        {
            return;
        }

        var (area, other) = one.RowNumber > two.RowNumber ? (one, two) : (two, one);
        problems.Add(new ImportProblem(
            area.RowNumber,
            area.Code,
            "geometry",
            ImportFault.Overlap,
            SeverityOf(overlap),
            string.Create(CultureInfo.InvariantCulture, $"It overlaps {other.Code} by {overlap.SquareMeters:0} m²."),
            other.Code,
            Math.Round(overlap.SquareMeters),
            overlap.Part.PlaceIn()));
    }

    private static void CheckGaps(PlannedArea parent, List<PlannedArea> children, ImportProblems problems, ref long work)
    {
        if (work < 0 || problems.Errors > EnoughErrors || parent.Geometry is not { } frame || children.Sum(child => child.Geometry!.Area) < CoverShare * frame.Area)
        {
            return;
        }

        work -= frame.NumPoints + children.Sum(child => (long)child.Geometry!.NumPoints);
        var covered = OverlayNGRobust.Union(children.Select(child => child.Geometry!).ToList());
        var open = AreaFit.Polygons(OverlayNGRobust.Overlay(frame, covered, SpatialFunction.Difference));
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
}
