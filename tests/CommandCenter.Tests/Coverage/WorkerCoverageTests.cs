using CommandCenter.Coverage;
using CommandCenter.Tracks;
using FsCheck.Fluent;
using static CommandCenter.Tests.Coverage.Patrols;

namespace CommandCenter.Tests.Coverage;

public sealed class WorkerCoverageTests
{
    [Test]
    public void TheTimeBetweenTwoFixesIsSharedAlongTheLine()
    {
        // 50 m east in 50 s, from 5 m before a border to 20 m past the next one.
        var read = Read([At(0, 20, 12), At(50, 70, 12)]);

        Assert.That(read.Cells.Select(cell => (cell.Cell, cell.DwellMs)).ToList(), Has.Count.EqualTo(3));
        Assert.Multiple(() =>
        {
            Assert.That(read.Cells[0].Cell, Is.EqualTo(Cell(0, 0)));
            Assert.That(read.Cells[0].DwellMs, Is.EqualTo(5_000).Within(30), "degrees are kept to a centimetre");
            Assert.That(read.Cells[1].DwellMs, Is.EqualTo(25_000).Within(30));
            Assert.That(read.Cells[2].DwellMs, Is.EqualTo(20_000).Within(30));
            Assert.That(read.CreditedMs, Is.EqualTo(50_000));
        });
    }

    [TestCase(60, 60_000)]
    [TestCase(60.001, 0)]
    public void AGapEarnsNothing(double seconds, long credited) => Assert.That(Read([At(0, 10, 10), At(seconds, 12, 10)]).CreditedMs, Is.EqualTo(credited));

    [Test]
    public void WhatIsVagueMadeUpTooFastOrAFarCryEarnsNothing() => Assert.Multiple(() =>
    {
        Assert.That(Read([At(0, 10, 10), At(10, 12, 10, 31)]).CreditedMs, Is.Zero, "vague");
        Assert.That(Read([At(0, 10, 10), At(10, 12, 10, 8, FixFlags.Mock)]).CreditedMs, Is.Zero, "made up");
        Assert.That(Read([At(0, 10, 10), At(10, 400, 10)]).CreditedMs, Is.Zero, "39 m/s");
        Assert.That(Read([At(0, 10, 10), At(10, 12, 10, 8, FixFlags.Sos)]).CreditedMs, Is.Zero, "a call for help, which is kept off duty, too");
        Assert.That(Read([At(0, 10, 10), At(10, 12, 10), At(20, 4_000, 10), At(30, 16, 10), At(40, 18, 10)]).CreditedMs, Is.EqualTo(40_000), "a jump is passed over");
    });

    [Test]
    public void HalfAMinuteIsAVisitAndLessIsAPass()
    {
        var visit = Read([At(0, 10, 10), At(31, 11, 10)]).Cells.Single();
        var pass = Read([At(0, 10, 10), At(29, 11, 10)]).Cells.Single();

        Assert.That((visit.Visits, visit.Passes, pass.Visits, pass.Passes), Is.EqualTo((1, 0, 0, 1)));
        Assert.That(visit.LastMs, Is.EqualTo(Start + 31_000));
    }

    [TestCase(600, 1, 0, TestName = "WhoIsBackSoonIsOnTheSameVisit")]
    [TestCase(1_000, 0, 2, TestName = "WhoIsBackLateComesAnew")]
    public void Returns(double backAfter, int visits, int passes)
    {
        // 20 s in the square, then far away, then 20 s in it again.
        var read = Read([At(0, 10, 10), At(20, 11, 10), At(backAfter, 10, 10), At(backAfter + 20, 11, 10)]);

        Assert.That((read.Cells.Single().Visits, read.Cells.Single().Passes), Is.EqualTo((visits, passes)));
    }

    [Test]
    public void CreditedTimeIsThatOfAllSquares() => Prop.ForAll(Any(), fixes =>
    {
        var read = Read(fixes);
        return read.Cells.Sum(cell => (long)cell.DwellMs) == read.CreditedMs
            && read.Cells.All(cell => cell.DwellMs > 0 && cell.Visits + cell.Passes > 0)
            && read.Cells.Select(cell => cell.Cell).Distinct().Count() == read.Cells.Count;
    }).QuickCheckThrowOnFailure();

    [Test]
    public void OrderAndRepeatsOfArrivalChangeNothing() => Prop.ForAll(Any(), fixes =>
    {
        List<Fix> late = [.. fixes.Reverse(), .. fixes];
        FixOrder.SortAndDeduplicate(late);
        List<Fix> usual = [.. fixes];
        FixOrder.SortAndDeduplicate(usual);
        return Read(late).Cells.SequenceEqual(Read(usual).Cells);
    }).QuickCheckThrowOnFailure();

    [Test]
    public void AFixOnTheLineChangesNothing() => Prop.ForAll(
        (from seconds in Gen.Choose(2, 60)
         from east in Gen.Choose(-100, 100)
         from north in Gen.Choose(-100, 100)
         from along in Gen.Choose(5, 95)
         where Math.Max(Math.Abs(east), Math.Abs(north)) <= seconds * 8 // well below what is too fast: a centimetre more must not matter
         select (seconds, east, north, along)).ToArbitrary(),
        line =>
        {
            var share = line.along / 100.0;
            var (from, to) = (At(0, 10, 10), At(line.seconds, 10 + line.east, 10 + line.north));
            var (without, with) = (Read([from, to]), Read([from, At(line.seconds * share, 10 + (line.east * share), 10 + (line.north * share)), to]));

            // A place is kept to a centimetre, and whoever crosses a border from 10 m beside it comes nearer by at least that much in all: so much later at most.
            var slack = 20 + (line.seconds * 3);
            var dwell = without.Cells.ToDictionary(cell => cell.Cell, cell => cell.DwellMs);
            return without.CreditedMs == with.CreditedMs
                && with.Cells.All(cell => Math.Abs(cell.DwellMs - dwell.GetValueOrDefault(cell.Cell)) <= slack)
                && without.Cells.All(cell => cell.DwellMs <= slack || with.Cells.Any(other => other.Cell == cell.Cell));
        }).QuickCheckThrowOnFailure();

    [Test]
    public void TwoHalvesOfADayEarnWhatTheDayEarns() => Prop.ForAll(Any(), Gen.Choose(0, 3_000).ToArbitrary(), (fixes, noon) =>
    {
        var (morning, afternoon, day) = (Read(fixes, -100, noon), Read(fixes, noon, 86_400), Read(fixes, -100, 86_400));
        var halves = morning.Cells.Concat(afternoon.Cells).GroupBy(cell => cell.Cell).ToDictionary(cell => cell.Key, cell => cell.Sum(half => half.DwellMs));
        return morning.CreditedMs + afternoon.CreditedMs == day.CreditedMs
            && day.Cells.All(cell => Math.Abs(cell.DwellMs - halves.GetValueOrDefault(cell.Cell)) <= 2);
    }).QuickCheckThrowOnFailure();

    [Test]
    public void ReadingAgainForgetsWhatWasRead()
    {
        var reader = Reader();
        reader.Read([At(0, 10, 10), At(50, 70, 12)], Start, Start + 86_400_000);
        reader.Read([At(0, 200, 10), At(10, 201, 10)], Start, Start + 86_400_000);

        Assert.That((reader.Cells.Count, reader.CreditedMs), Is.EqualTo((1, 10_000L)));
    }
}
