using System.Diagnostics;
using System.IO.Compression;
using CommandCenter.Areas;
using CommandCenter.Coverage;
using CommandCenter.Coverage.Answers;
using CommandCenter.Coverage.Ground;
using CommandCenter.Demo;
using CommandCenter.Geo;

namespace CommandCenter.Benchmarks;

/// <summary>
/// A picture of the whole demo district, all that the server does for it but reading from PostgreSQL: from days kept decoded, beside decoding what is stored each time; and its
/// bytes. Three of five squares have somebody each day, seven of ten of them a visit. <c>dotnet run -c Release -- coverage-picture</c>.
/// </summary>
internal static class CoveragePictureMeasure
{
    private const int Runs = 7;
    private const int LookBack = 60;
    private static readonly DateOnly Last = new(2026, 11, 22);

    public static void Print()
    {
        var plan = Plan();
        var area = plan.SquaresOf(plan.Tree.Nodes[0]);
        var window = new CoverageWindow(Last.AddDays(-6), Last.AddDays(1), Last);
        var stored = Enumerable.Range(0, LookBack).Select(ago => Stored(area, new Random(ago))).ToList();
        Console.WriteLine(FormattableString.Invariant($"{area.Count} squares, {stored[0].Sum(body => body.Length) / 1024} KB a stored day"));
        Console.WriteLine("measure   days  kept: ms  decoding: ms  times    bytes  brotli (fastest)  gzip (fastest)");
        foreach (var measure in Enum.GetValues<CoverageMeasure>())
        {
            var days = measure.IsDays() ? LookBack : 7;
            var kept = Enumerable.Range(0, days).Select(ago => Day(area, stored[ago], ago, !measure.IsDays())).ToList();
            var bytes = Encode(kept);
            var ours = Fastest(() => Encode(kept));
            var plain = Fastest(() => Encode([.. Enumerable.Range(0, days).Select(ago => Day(area, stored[ago], ago, !measure.IsDays()))]));
            Console.WriteLine(FormattableString.Invariant(
                $"{measure,-8} {days,5} {ours * 1e3,9:F0} {plain * 1e3,13:F0} {plain / ours,6:F0} {bytes.Length,8} {Squeezed(bytes, to => new BrotliStream(to, CompressionLevel.Fastest)),17} {Squeezed(bytes, to => new GZipStream(to, CompressionLevel.Fastest)),15}"));

            byte[] Encode(IReadOnlyList<CoverageDayTiles> of)
            {
                var rules = new PictureRules(measure, 25, area, window, _ => 7);
                rules.Add(area.Tiles, of);
                return PackedPicture.Encode(rules.Picture(7), plan.Plane);
            }
        }
    }

    private static GroundPlan Plan()
    {
        var district = DemoDistrict.Generate(DemoPlan.Yingze(DemoSize.District));
        var ids = district.Areas.Select((area, n) => (area.Code, Id: n + 1)).ToDictionary(one => one.Code, one => one.Id);
        var tree = new AreaTree(
            district.Areas.Select(area => new Area(ids[area.Code], area.Code, area.Name, null, area.Kind, area.GridType, area.Parent is null ? null : ids[area.Parent], area.Outline)), 1);
        return new GroundPlan(tree, GaussKruger.ZoneOf(112.57), node => node.Area.Geometry, district.Water);
    }

    private static byte[][] Stored(AreaSquares area, Random random) =>
    [
        .. area.Tiles.Select(tile => CoverageCodec.Encode(
            tile.Ground.At,
            [.. Enumerable.Range(0, CoverageTile.Side * CoverageTile.Side)
                .Where(place => (tile.Patrolled[place >> CoverageTile.Bits] >> (place & (CoverageTile.Side - 1)) & 1) == 1 && random.Next(5) < 3)
                .Select(place => new CellTotal(
                    tile.Ground.At.CellAt(place), (long)(2_000 * Math.Exp(4 * random.NextDouble())), random.Next(10) < 7 ? random.Next(1, 4) : 0, random.Next(3), random.Next(1, 4), random.Next(86_400_000)))],
            0)),
    ];

    private static CoverageDayTiles Day(AreaSquares area, byte[][] stored, int ago, bool withColumns) =>
        new(Last.AddDays(-ago), [.. stored.Select((body, n) => TileDay.Of(CoverageCodec.DecodeTile(area.Tiles[n].Ground.At, body, 0), withColumns))]);

    private static long Squeezed(byte[] bytes, Func<Stream, Stream> by)
    {
        using var to = new MemoryStream();
        using (var squeeze = by(to))
        {
            squeeze.Write(bytes);
        }

        return to.ToArray().Length;
    }

    /// <summary>Seconds of the fastest of several runs: the machine has other things to do.</summary>
    private static double Fastest(Action run) => Enumerable.Range(0, Runs).Min(_ =>
    {
        var started = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    });
}
