using CommandCenter.Assessment.Periods;
using CommandCenter.Assessment.Sources;

namespace CommandCenter.Tests.Assessment;

public sealed class FrozenTests
{
    private static readonly Period Month = PeriodRules.Of(PeriodKind.Month, new DateOnly(2026, 10, 1));

    [Test]
    public void AHashIsOfWhatThePeriodIsAndOfItsRowsInAnyOrder()
    {
        byte[] one = SnapshotHash.OfRow([1], "one"), two = SnapshotHash.OfRow([2], "two");
        var hash = Of(1, one, two);
        Assert.That(Of(1, two, one), Is.EqualTo(hash));
        Assert.That(Of(2, one, two), Is.Not.EqualTo(hash));
        Assert.That(Of(1, one), Is.Not.EqualTo(hash));
        Assert.That(SnapshotHash.OfRow([2], "one"), Is.Not.EqualTo(one), "without the salt nobody can try what a row said");

        static byte[] Of(int version, params byte[][] rows) => SnapshotHash.Of(Month, version, 1, DateTimeOffset.UnixEpoch, rows);
    }

    [Test]
    public void EvidenceComesBackAsItWasPacked()
    {
        var (packed, marks) = EvidenceBytes.Pack(new Dictionary<string, Evidence>
        {
            ["grid-coverage"] = new(DueSpans: 4, Cells: [new CellRun(1, 2, 3, 4), new CellRun(5, 6, 7, 0)]),
            ["patrol-regularity"] = new(Days: [new DayFact(new DateOnly(2026, 10, 1), "patrolled", 3_600)]),
        });
        Assert.That(marks["grid-coverage"], Has.Property("Kind").EqualTo("cells").And.Property("Count").EqualTo(10));
        Assert.That(EvidenceBytes.Read(packed!, "grid-coverage")!.Cells, Is.EqualTo(new CellRun[] { new(1, 2, 3, 4), new(5, 6, 7, 0) }));
        Assert.That(EvidenceBytes.Read(packed!, "patrol-regularity")!.Days![0], Is.EqualTo(new DayFact(new DateOnly(2026, 10, 1), "patrolled", 3_600)));
        Assert.That(EvidenceBytes.Read(packed!, "mileage"), Is.Null);
        Assert.That(EvidenceBytes.Pack(new Dictionary<string, Evidence>()).Packed, Is.Null);
    }
}
