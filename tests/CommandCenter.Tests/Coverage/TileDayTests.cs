using CommandCenter.Coverage;
using CommandCenter.Coverage.Answers;
using CommandCenter.Coverage.Ground;

namespace CommandCenter.Tests.Coverage;

/// <summary>What a picture takes from a stored tile, beside what is stored in it.</summary>
public sealed class TileDayTests
{
    private static readonly CoverageTile Tile = new(233, 2_620);

    private static readonly List<CellTotal> Cells =
    [
        .. Enumerable.Range(0, CoverageTile.Side * CoverageTile.Side).Where(place => place % 7 is 0 or 3).Select(place =>
            new CellTotal(Tile.CellAt(place), 3L << (place % 40), place % 5 * 70, place % 200, 1 + (place % 3), place * 21_000)),
    ];

    [Test]
    public void TakesPlacesVisitsAndDwell()
    {
        var read = TileDay.Read(CoverageCodec.Encode(Tile, Cells, 0), withColumns: true);

        Assert.That(read.Places, Is.EqualTo(Cells.Select(cell => CoverageTile.PlaceOf(cell.Cell))));
        Assert.That(read.Visits, Is.EqualTo(Cells.Select(cell => cell.Visits)));
        Assert.That(read.DwellMs, Is.EqualTo(Cells.Select(cell => cell.DwellMs)));
        Assert.That(read.Visited, Is.EqualTo(Visited(Cells)));
    }

    [Test]
    public void TakesSetsAlone()
    {
        var read = TileDay.Read(CoverageCodec.Encode(Tile, Cells, 0), withColumns: false);

        Assert.That(read.Visited, Is.EqualTo(Visited(Cells)));
        Assert.That((read.Places.Length, read.Visits.Length, read.DwellMs.Length), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public void DamagedBytesAreRefusedAndNeverMore()
    {
        var body = CoverageCodec.Encode(Tile, Cells, 0);
        var random = new Random(5);
        for (var n = 0; n < 4_000; n++)
        {
            var bad = body[..random.Next(body.Length + 1)];
            for (var times = random.Next(1, 4); times > 0 && bad.Length > 0; times--)
            {
                bad[random.Next(Math.Min(bad.Length, 200))] = (byte)random.Next(256);
            }

            try
            {
                _ = TileDay.Read(bad, withColumns: random.Next(2) == 0);
            }
            catch (InvalidDataException)
            {
                // As it should be.
            }
        }
    }

    private static ulong[] Visited(IEnumerable<CellTotal> cells)
    {
        var set = GroundTile.NewSet();
        foreach (var cell in cells.Where(cell => cell.Visits > 0))
        {
            var place = CoverageTile.PlaceOf(cell.Cell);
            set[place >> CoverageTile.Bits] |= 1UL << (place & (CoverageTile.Side - 1));
        }

        return set;
    }
}
