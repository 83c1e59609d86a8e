using System.Globalization;
using CommandCenter.Contracts.Areas;
using CommandCenter.Geo;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;

namespace CommandCenter.Areas;

/// <summary>What of a polygon is not where it should be. Not an error: for a person to judge.</summary>
public readonly record struct AreaMisfit(Geometry Part, double SquareMeters, double Share, bool IsError);

/// <summary>
/// How the polygons of areas fit, wherever they come from: each within its parent and beside its siblings. Pure. What is thinner than a border is drawn
/// does not count; what is small is for a person to judge; what would send the wrong people to an alarm is an error.
/// </summary>
public static class AreaFit
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

    private const long FewMeetings = 10_000;
    private const long ManyMeetings = 1_000_000;

    /// <summary>What comparing one new area may cost, as <see cref="CrossingWork"/> counts: about a second.</summary>
    private const long MaxWork = 10_000_000;

    /// <summary>What keeps a new area from lying where it is drawn, as what its geometry must be; null when nothing does.</summary>
    public static string? Refusal(Geometry shape, GridType? gridType, AreaNode parent)
    {
        var work = MaxWork - shape.NumPoints;
        if (parent.Area.Geometry is { } frame)
        {
            work -= frame.NumPoints + CrossingWork(shape, frame);
            if (work > 0 && Outside(shape, frame) is { IsError: true } outside)
            {
                return LooksTurned(shape, frame, outside)
                    ? $"longitude first: with latitude and longitude exchanged it would lie in {parent.Area.Code}"
                    : string.Create(
                        CultureInfo.InvariantCulture, $"within its parent: {outside.SquareMeters:0} m² ({outside.Share:P1}) of it lie outside of {parent.Area.Code}");
            }
        }

        foreach (var sibling in parent.Children.Select(child => child.Area).Where(area => area.Geometry is not null))
        {
            if (!sibling.Geometry!.EnvelopeInternal.Intersects(shape.EnvelopeInternal))
            {
                continue;
            }

            work -= sibling.Geometry.NumPoints + CrossingWork(shape, sibling.Geometry);
            if (work > 0 && Overlap(shape, gridType, sibling.Geometry, sibling.GridType) is { IsError: true } overlap)
            {
                return string.Create(CultureInfo.InvariantCulture, $"beside its siblings: it overlaps {sibling.Code} by {overlap.SquareMeters:0} m²");
            }
        }

        return work > 0 ? null : "simpler: comparing it with its neighbours takes too long";
    }

    /// <summary>The part outside of the parent's polygon; null when there is none worth a word.</summary>
    public static AreaMisfit? Outside(Geometry shape, Geometry frame)
    {
        var outside = Polygons(OverlayNGRobust.Overlay(shape, frame, SpatialFunction.Difference));
        var size = outside.SquareMeters();
        if (IsTrifle(outside, size))
        {
            return null;
        }

        var share = size / shape.SquareMeters();
        return new AreaMisfit(outside, size, share, share > OutsideShare);
    }

    /// <summary>The part that two siblings share; null when there is none worth a word.</summary>
    public static AreaMisfit? Overlap(Geometry one, GridType? typeOfOne, Geometry two, GridType? typeOfTwo)
    {
        var both = Polygons(OverlayNGRobust.Overlay(one, two, SpatialFunction.Intersection));
        var size = both.SquareMeters();
        if (IsTrifle(both, size))
        {
            return null;
        }

        // An exclusive grid (a school, a market) is often drawn upon the ordinary grid around it; people of both are meant then.
        var small = Math.Min(one.SquareMeters(), two.SquareMeters());
        return new AreaMisfit(both, size, size / small, size > Math.Max(OverlapSquareMeters, OverlapShare * small) && typeOfOne == typeOfTwo);
    }

    /// <summary>Drawn with latitude first: all of it lies elsewhere, and would not if it were turned.</summary>
    public static bool LooksTurned(Geometry shape, Geometry frame, AreaMisfit outside)
    {
        var box = shape.EnvelopeInternal;
        return outside.Share > 0.999 && frame.EnvelopeInternal.Intersects(new Envelope(box.MinY, box.MaxY, box.MinX, box.MaxX));
    }

    /// <summary>
    /// What comparing may cost beyond reading: two combs laid across each other meet at as many points as the product of their teeth. Only corners in the
    /// common box can meet; beyond a million possible meetings a pair alone uses any budget up.
    /// </summary>
    public static long CrossingWork(Geometry one, Geometry two)
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
    public static Geometry Polygons(Geometry mixed) => mixed switch
    {
        Polygon or MultiPolygon => mixed,
        _ => mixed.Factory.CreateMultiPolygon([.. Enumerable.Range(0, mixed.NumGeometries).Select(mixed.GetGeometryN).OfType<Polygon>()]),
    };

    private static bool IsTrifle(Geometry part, double squareMeters) => squareMeters < TrifleSquareMeters || part.WidthMeters() < BorderMeters;
}
