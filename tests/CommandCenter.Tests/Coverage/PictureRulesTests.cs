using System.Buffers.Binary;
using System.IO.Compression;
using CommandCenter.Coverage;
using CommandCenter.Coverage.Answers;
using static CommandCenter.Tests.Coverage.Patrols;
using static CommandCenter.Tests.Coverage.SmallGround;

namespace CommandCenter.Tests.Coverage;

public sealed class PictureRulesTests
{
    private const int No = CoveragePicture.NoData;
    private const int Longer = 255;

    [Test]
    public void AgeIsDaysSinceTheLastVisit()
    {
        var picture = Picture(CoverageMeasure.Age, 25, (0, [(0, 0, 1, 60), (5, 0, 0, 10)]), (-2, [(0, 0, 1, 60), (1, 0, 2, 90)]), (-6, [(1, 0, 1, 40), (2, 1, 1, 40)]));

        Assert.That(picture.Columns * picture.Rows, Is.EqualTo(64));
        Assert.That((At(picture, 0, 0), At(picture, 1, 0), At(picture, 2, 1)), Is.EqualTo((0, 2, 6)));
        Assert.That(At(picture, 5, 0), Is.EqualTo(Longer), "a pass is no visit");
        Assert.That(picture.Squares[4], Is.EqualTo(CoveragePicture.NotPatrolled), "the column of water");
    }

    [Test]
    public void VisitsAreThoseOfAWeekAndDwellIsTheSum()
    {
        (int, (int, int, int, int)[])[] days = [(0, [(0, 0, 2, 61)]), (-1, [(0, 0, 1, 39)]), (-2, [(3, 3, 1, 30)])];

        var visits = Picture(CoverageMeasure.Visits, 25, days);
        var dwell = Picture(CoverageMeasure.Dwell, 25, days);

        Assert.That((At(visits, 0, 0), At(visits, 3, 3), At(visits, 9, 2)), Is.EqualTo((70, 23, 0)), "3 and 1 on three days, in tenths a week");
        Assert.That((At(dwell, 0, 0), At(dwell, 3, 3), At(dwell, 9, 2)), Is.EqualTo((100, 30, 0)));
    }

    [Test]
    public void BlindIsDaysOverTheTargetOfTheGrid()
    {
        // The west is due every day, the east after four: 6 days were looked back.
        var picture = Picture(CoverageMeasure.Blind, 25, (0, [(0, 0, 1, 60)]), (-3, [(1, 0, 1, 60), (9, 0, 1, 60)]), (-5, [(10, 0, 1, 60)]));

        Assert.That((At(picture, 0, 0), At(picture, 1, 0), At(picture, 2, 0)), Is.EqualTo((0, 2, Longer)));
        Assert.That((At(picture, 9, 0), At(picture, 10, 0), At(picture, 11, 0)), Is.EqualTo((0, 1, Longer)));
    }

    [Test]
    public void NothingIsSaidOfWhatIsNotKnown()
    {
        foreach (var measure in Enum.GetValues<CoverageMeasure>())
        {
            Assert.That(Picture(measure, 25).Squares.Where(square => square != CoveragePicture.NotPatrolled), Is.All.EqualTo(No), $"{measure}: no day was reckoned");
        }

        var young = Picture(CoverageMeasure.Blind, 25, (0, [(9, 0, 1, 60)]), (-2, []));
        Assert.That((At(young, 9, 0), young.Squares[10], At(young, 2, 0)), Is.EqualTo((0, No, Longer)), "three days are known: enough for a target of one, not for one of four");
    }

    [Test]
    public void ALargerSquareIsTheMedianTheMeanOrTheSumOfItsOwn()
    {
        (int, (int, int, int, int)[])[] days = [(0, [(0, 0, 1, 100), (1, 0, 3, 50)]), (-1, [(0, 1, 1, 7)])];

        // Origin's column is odd and its row, too: the first larger square has one of the small ones in its corner.
        var (age, visits, dwell) = (Picture(CoverageMeasure.Age, 50, days), Picture(CoverageMeasure.Visits, 50, days), Picture(CoverageMeasure.Dwell, 100, days));

        var corner = (Cell(0, 0).Column >> 1, Cell(0, 0).Row >> 1);
        Assert.That((age.Column, age.Row), Is.EqualTo(corner));
        var sums = new[] { (0, 0), (1, 0), (0, 1) }.GroupBy(at => (Cell(at.Item1, at.Item2).Column >> 2, Cell(at.Item1, at.Item2).Row >> 2));
        Assert.That(dwell.Squares.Where(square => square > 3).Sum(square => square - 3), Is.EqualTo(157), "nothing is lost");
        Assert.That(dwell.Squares.Count(square => square > 3), Is.EqualTo(sums.Count()));
        Assert.That(visits.Patrolled, Is.EqualTo(age.Patrolled));
    }

    [Test]
    public void ADrawingIsAPngOfItsPixels()
    {
        var png = PngPicture.Encode(Picture(CoverageMeasure.Age, 25, (0, [(0, 0, 1, 60)])));

        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
        var data = png.AsSpan().IndexOf("IDAT"u8);
        using var rows = new ZLibStream(new MemoryStream(png, data + 4, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(data - 4))), CompressionMode.Decompress);
        var pixels = new byte[(width + 1) * height];
        rows.ReadExactly(pixels);
        Assert.That(png.AsSpan(0, 8).ToArray(), Is.EqualTo(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }));
        Assert.That(rows.ReadByte(), Is.EqualTo(-1));

        // The square of today lies in the lower left corner of the map: four squares of 12 pixels high, margins of 12.
        Assert.That(pixels[((width + 1) * (12 + 47)) + 1 + 12], Is.EqualTo(4), "the first step of the scale");
        Assert.That(pixels[((width + 1) * 12) + 1 + 12], Is.EqualTo(4 + 7), "never");
    }

    private static CoveragePicture Picture(CoverageMeasure measure, int meters, params (int Ago, (int, int, int, int)[] Done)[] days)
    {
        var plan = Plan(masks: [Box(4, 0, 5, 4)]);
        var squares = Of(plan, District);
        var rules = new PictureRules(measure, meters, squares, Week, unit => plan.Units[unit].Area.Id == West ? 1 : 4);
        rules.Add(squares.Tiles, [.. days.Select(day => Day(squares, Week.Last.AddDays(day.Ago), day.Done))]);
        return rules.Picture(days.Length);
    }

    private static int At(CoveragePicture picture, int column, int row) => picture.Squares[(row * picture.Columns) + column] - CoveragePicture.FirstValue;
}
