using CommandCenter.Contracts.Positions;
using CommandCenter.Positions.Batch;
using MessagePack;

namespace CommandCenter.Tests.Positions.Batch;

public sealed class BatchMessagePackTests
{
    private static readonly PositionBatchItem Item = new()
    {
        Device = "D1",
        FixTime = 1_777_622_400_000,
        Longitude = 112.5489,
        Latitude = 37.8706,
        SpeedMps = 1.2,
        HeadingDegrees = 90,
        AccuracyMeters = 5,
        AltitudeMeters = 800,
        Battery = 77,
        Mock = true,
    };

    [Test]
    public void ReadsAllFields()
    {
        var (device, report) = Read(MessagePackSerializer.Serialize(new PositionBatch { Reports = [Item] })).Items.Single();
        Assert.That((device, report.FixTimeMs, report.Longitude, report.Latitude), Is.EqualTo(("D1", 1_777_622_400_000L, 112.5489, 37.8706)));
        Assert.That((report.SpeedMps, report.HeadingDegrees, report.AccuracyMeters, report.AltitudeMeters, report.BatteryPercent, report.Mock, report.Malformed),
            Is.EqualTo((1.2, 90.0, 5.0, 800.0, 77.0, true, (string?)null)));
    }

    [Test]
    public void ReadsABareArrayAndNamesBadItems()
    {
        // [{"fixTime":1}, 7, {"fixTime":true}, {"fixTime":1,"longitude":"x"}, {1:2,"fixTime":1}]
        byte[] body =
        [
            0x95, 0x81, 0xa7, .. "fixTime"u8, 0x01, 0x07, 0x81, 0xa7, .. "fixTime"u8, 0xc3, 0x82, 0xa7, .. "fixTime"u8, 0x01, 0xa9, .. "longitude"u8, 0xa1, (byte)'x',
            0x82, 0x01, 0x02, 0xa7, .. "fixTime"u8, 0x01,
        ];
        Assert.That(Read(body).Items.Select(i => i.Report.Malformed), Is.EqualTo(new[]
        {
            null, "the item is not a map", "fixTime must be milliseconds since 1970 or ISO 8601", "longitude must be a number", null,
        }));
    }

    [TestCase("")]
    [TestCase("07")]
    [TestCase("80", Description = "a map without reports")]
    [TestCase("92 81", Description = "cut off")]
    [TestCase("dd ff ff ff ff", Description = "four billion items promised")]
    [TestCase("90 90", Description = "something follows")]
    [TestCase("c1", Description = "no code of MessagePack")]
    public void ABrokenBodyIsRefusedAsAWhole(string hex)
    {
        var body = Read(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
        Assert.That(body.Error, Is.Not.Null);
        Assert.That(body.Items, Is.Empty);
    }

    [Test]
    public void CountsBeforeItReads() => Assert.That(
        Read(MessagePackSerializer.Serialize(new PositionBatch { Reports = [.. Enumerable.Repeat(Item, 101)] })).TooMany, Is.True);

    private static BatchBody Read(byte[] body) => BatchMessagePack.Read(body, 100);
}
