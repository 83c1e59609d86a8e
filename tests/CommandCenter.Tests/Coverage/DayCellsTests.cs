using CommandCenter.Coverage;
using FsCheck;
using FsCheck.Fluent;
using static CommandCenter.Tests.Coverage.Patrols;

namespace CommandCenter.Tests.Coverage;

public sealed class DayCellsTests
{
    [Test]
    public void SumsAreTheSameInAnyOrderAndAfterOneWasReckonedAnew() => Prop.ForAll(Days(), days =>
    {
        var all = Sum(days);
        return Text(all) == Text(Sum([.. days.Reverse()]))
            && all.Tiles().SelectMany(tile => tile.Cells).Sum(cell => cell.DwellMs) == days.Sum(day => day.Sum(cell => (long)cell.DwellMs))
            && all.Tiles().SelectMany(tile => tile.Cells).Sum(cell => cell.Workers) == days.Sum(day => day.Length);
    }).QuickCheckThrowOnFailure();

    [Test]
    public void WhatIsWrittenIsRead() => Prop.ForAll(Days(), days =>
        days.All(day => CoverageCodec.DecodeWorkerDay(CoverageCodec.Encode(day, Start), Start).SequenceEqual(day))
        && Sum(days).Tiles().All(tile => CoverageCodec.DecodeTile(tile.Tile, CoverageCodec.Encode(tile.Tile, tile.Cells, Start), Start).SequenceEqual(tile.Cells)))
        .QuickCheckThrowOnFailure();

    [Test]
    public void DamagedBytesAreRefusedAndNeverMore()
    {
        var body = CoverageCodec.Encode([.. Read([At(0, 20, 12), At(50, 70, 12)]).Cells], Start);
        var random = new Random(3);
        for (var n = 0; n < 20_000; n++)
        {
            var bad = body.ToArray();
            for (var times = random.Next(1, 4); times > 0; times--)
            {
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            }

            try
            {
                CoverageCodec.DecodeWorkerDay(bad.AsSpan(0, random.Next(bad.Length + 1)), Start);
                CoverageCodec.DecodeTile(default, bad, Start);
            }
            catch (InvalidDataException)
            {
                // As it should be.
            }
        }
    }

    [Test]
    public void ASquareLiesInItsTile()
    {
        var cell = new CoverageCell(14_931, 167_717);
        var tile = CoverageTile.Of(cell);

        Assert.That(tile.CellAt(CoverageTile.PlaceOf(cell)), Is.EqualTo(cell));
        Assert.That(cell.Unit, Is.EqualTo((14_931 / 4, 167_717 / 4)), "of the 100 m unit grid");
        Assert.That(CoverageCell.FromKey(cell.Key), Is.EqualTo(cell));
    }

    private static DayCells Sum(IEnumerable<CellDay[]> days)
    {
        var sum = new DayCells();
        foreach (var day in days)
        {
            sum.Add(day);
        }

        return sum;
    }

    private static string Text(DayCells sum) => string.Join('\n', sum.Tiles().SelectMany(tile => tile.Cells));

    private static Arbitrary<CellDay[][]> Days() => Any().Generator.ArrayOf().Select(tracks => tracks.Select(track => Read(track, 0).Cells.ToArray()).ToArray()).ToArbitrary();
}
