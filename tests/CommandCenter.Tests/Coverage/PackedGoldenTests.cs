using System.Text.Json.Nodes;
using CommandCenter.Coverage.Answers;
using CommandCenter.Geo;
using CommandCenter.Storage;
using CommandCenter.Tests.Contracts;

namespace CommandCenter.Tests.Coverage;

/// <summary>The browser decodes pictures by itself: their bytes are pinned here and read by the web client's tests. The decoder here follows docs/coverage.md and not the encoder.</summary>
public sealed class PackedGoldenTests
{
    private static readonly GaussKruger Zone = GaussKruger.ZoneOf(112.57);

    private static readonly (string Name, CoveragePicture Picture)[] Samples =
    [
        ("ages: outside, a lake, no data, days, longer than looked back", new(CoverageMeasure.Age, 25, 14_931, 167_717, 4, 3, [0, 0, 3, 4, 1, 1, 2, 258, 10, 10, 10, 0], 7, 7)),
        ("visits a week in tenths, in runs", new(CoverageMeasure.Visits, 100, 3_733, 41_929, 20, 2, [.. Enumerable.Repeat(3, 18), 13, 45, .. Enumerable.Range(0, 20).Select(n => n < 5 ? 0 : 3 + (n * 10))], 7, 6)),
        ("dwell in steps", new(CoverageMeasure.Dwell, 50, 7_466, 83_859, 12, 1, [.. new[] { 0, 7, 8, 15, 16, 17, 18, 100, 3_600, 86_400, 1_000_000, 0 }.Select(seconds => seconds + 3)], 1, 1)),
        ("blind over nodes of 1.6 km", new(CoverageMeasure.Blind, 100, 3_725, 41_925, 33, 18, [.. Enumerable.Range(0, 33 * 18).Select(n => n % 33 < 5 ? 0 : n / 33 < 8 ? 3 : 3 + (n % 33 / 10))], 30, 28)),
        ("no ground", new(CoverageMeasure.Age, 25, 0, 0, 0, 0, [], 7, 0)),
        ("nothing reckoned", new(CoverageMeasure.Age, 100, 3_733, 41_929, 3, 1, [2, 2, 0], 7, 0)),
    ];

    [Test]
    public void PicturesKeepTheirBytes()
    {
        var file = new GoldenFile("coverage-packed", "A picture of coverage as PackedPicture writes it (docs/coverage.md), and what a reader makes of it.");
        foreach (var (name, picture) in Samples)
        {
            var bytes = PackedPicture.Encode(picture, Zone);
            var value = Decode(bytes);
            var expected = picture.Squares.Select(square => picture.Measure == CoverageMeasure.Dwell && square >= 3 ? 3 + PackedPicture.SecondsOf(PackedPicture.Stepped(square - 3)) : square);
            Assert.That(value["squares"]!.AsArray().Select(square => (int)square!), Is.EqualTo(expected), name);
            file.Add(name, bytes, value);
        }

        file.Compare();
    }

    [Test]
    public void StepsAreAtMostAnEighthLessThanWhatWasMeasured()
    {
        var before = -1;
        for (var seconds = 0; seconds < 2_000_000; seconds = seconds < 5_000 ? seconds + 1 : seconds + 997)
        {
            var step = PackedPicture.Stepped(seconds);
            Assert.That(PackedPicture.SecondsOf(step), Is.LessThanOrEqualTo(seconds).And.GreaterThan(seconds - Math.Max(1, seconds / 8.0)), $"{seconds}");
            Assert.That(step, Is.GreaterThanOrEqualTo(before));
            before = step;
        }
    }

    [Test]
    public void NodesLeaveSquaresLessThanTenCentimetresOff()
    {
        // A district at the border of its zone, where the plane bends most.
        var picture = new CoveragePicture(CoverageMeasure.Age, 25, 14_900 + 400, 167_700, 480, 480, new int[480 * 480], 1, 1);
        var nodes = Decode(PackedPicture.Encode(picture, Zone))["nodes"]!.AsArray();
        double At(int i, int j, int part) => (long)nodes[(j * 9) + i]![part]! / 1e7;
        var worst = 0.0;
        for (var row = 0; row < 448; row += 7)
        {
            for (var column = 0; column < 448; column += 7)
            {
                var (i, j, x, y) = (column / 64, row / 64, column % 64 / 64.0, row % 64 / 64.0);
                double Between(int part) => (((At(i, j, part) * (1 - x)) + (At(i + 1, j, part) * x)) * (1 - y)) + (((At(i, j + 1, part) * (1 - x)) + (At(i + 1, j + 1, part) * x)) * y);
                var (longitude, latitude) = picture.CornerAt(Zone, column, row);
                worst = Math.Max(worst, Math.Max(Math.Abs(Between(0) - longitude) * 88_000, Math.Abs(Between(1) - latitude) * 111_000));
            }
        }

        Assert.That(worst, Is.LessThan(0.1), "metres");
    }

    private static JsonObject Decode(byte[] bytes)
    {
        Assert.That(bytes[..4], Is.EqualTo("CCC1"u8.ToArray()));
        var at = 4;
        int Next() => (int)Varint.Read(bytes, ref at);
        long Signed() => Varint.UnZigZag(Varint.Read(bytes, ref at));
        var (meters, measure, unit, epsg) = (Next(), Next(), Next(), Next());
        var (column, row) = (Signed(), Signed());
        var (columns, rows, days, reckoned) = (Next(), Next(), Next(), Next());
        var (step, nodes, squares) = (0, new JsonArray(), new List<int>());
        if (columns > 0)
        {
            step = Next();
            var (longitude, latitude) = (0L, 0L);
            for (var j = 0; j <= (rows + step - 1) / step; j++)
            {
                var (firstLongitude, firstLatitude) = (longitude + Signed(), latitude + Signed());
                (longitude, latitude) = (firstLongitude, firstLatitude);
                nodes.Add(new JsonArray(longitude, latitude));
                for (var i = 1; i <= (columns + step - 1) / step; i++)
                {
                    (longitude, latitude) = (longitude + Signed(), latitude + Signed());
                    nodes.Add(new JsonArray(longitude, latitude));
                }

                (longitude, latitude) = (firstLongitude, firstLatitude);
            }

            while (squares.Count < columns * rows)
            {
                var t = Next();
                var code = t >> 1;
                squares.AddRange(Enumerable.Repeat(unit == 0 && code >= 3 ? 3 + (code - 3 < 8 ? code - 3 : (((code - 3) & 7) + 8) << (((code - 3) >> 3) - 1)) : code, (t & 1) == 1 ? Next() + 2 : 1));
            }
        }

        Assert.That(at, Is.EqualTo(bytes.Length));
        return new JsonObject
        {
            ["meters"] = meters,
            ["measure"] = measure,
            ["unit"] = unit,
            ["epsg"] = epsg,
            ["column"] = column,
            ["row"] = row,
            ["columns"] = columns,
            ["rows"] = rows,
            ["days"] = days,
            ["reckoned"] = reckoned,
            ["step"] = step,
            ["nodes"] = nodes,
            ["squares"] = new JsonArray([.. squares.Select(square => (JsonNode)square)]),
        };
    }
}
