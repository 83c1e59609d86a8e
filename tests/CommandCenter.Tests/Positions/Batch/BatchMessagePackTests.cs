using System.Buffers;
using System.Text;
using CommandCenter.Contracts.Positions;
using CommandCenter.Positions.Batch;
using CommandCenter.Workers;
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

    /// <summary>Plain items are read from the bytes; written with the longest headers, the same go through the reader.</summary>
    [Test]
    public void PlainItemsAreReadAsAllOthers([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var (plain, wordy) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        plain.Write<byte>([0x9a]);
        wordy.Write<byte>([0x9a]);
        for (var item = 0; item < 10; item++)
        {
            var members = Enumerable.Range(0, random.Next(1, 12)).Select(_ => (Name: Names[random.Next(Names.Length)], Value: Values[random.Next(Values.Length)])).ToList();
            plain.Write<byte>([(byte)(0x80 | members.Count)]);
            wordy.Write<byte>([0xde, 0, (byte)members.Count]);
            foreach (var (name, value) in members)
            {
                plain.Write<byte>([(byte)(0xa0 | name.Length), .. Encoding.ASCII.GetBytes(name), .. value]);
                wordy.Write<byte>([0xd9, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), .. value]);
            }
        }

        using var a = Read(plain.WrittenSpan.ToArray());
        using var b = Read(wordy.WrittenSpan.ToArray());
        Assert.That((a.Error, b.Error), Is.EqualTo(((string?)null, (string?)null)));
        Assert.That(a.Items, Is.EqualTo(b.Items));
    }

    [Test]
    public void EachItemGetsItsOwnDeviceHoweverManyAreLookedUpAtOnce()
    {
        using var devices = new DeviceDirectory(null!, TimeProvider.System);
        devices.Apply(Enumerable.Range(1, 99).Select(id => new DeviceRow(
            new Device(id, id % 10 == 0 ? $"巡{id}" : $"w-{id}", id, false), SecretHash.Read(DeviceSecrets.Hash($"o{id}")), default)));
        string[] names = [.. Enumerable.Range(1, 99).Select(id => id % 7 == 0 ? $"stranger-{id}" : id % 10 == 0 ? $"巡{id}" : $"w-{id}")];
        var body = MessagePackSerializer.Serialize(new PositionBatch { Reports = [.. names.Select(name => Item with { Device = name })] });

        using var batch = BatchMessagePack.Read(body, 100, devices);
        Assert.That(batch.Items.Select(item => item.Device), Is.EqualTo(names));
        Assert.That(batch.Items.Select(item => item.Known?.Id), Is.EqualTo(Enumerable.Range(1, 99).Select(id => id % 7 == 0 ? (int?)null : id)));
    }

    private static readonly string[] Names =
        ["device", "fixTime", "longitude", "latitude", "speedMps", "headingDegrees", "accuracyMeters", "altitudeMeters", "battery", "mock", "", "other"];

    private static readonly byte[][] Values =
    [
        [0x07], [0xe0], [0xc0], [0xc2], [0xc3], [0xcc, 0xff], [0xcd, 1, 2], [0xce, 1, 2, 3, 4], [0xcf, 0xff, 2, 3, 4, 5, 6, 7, 8], [0xd0, 0x80], [0xd1, 0xff, 0],
        [0xd2, 0xff, 0, 1, 2], [0xd3, 0, 0, 1, 0x9d, 0xc0, 0, 0, 0], [0xca, 0x42, 0xc8, 0, 0], [0xcb, 0x40, 0x5c, 0x23, 0x33, 0x33, 0x33, 0x33, 0x33],
        [0xcb, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0], [0xa2, (byte)'D', (byte)'1'], [0xa0], [0xa2, 0xc3, 0xa9], [0xd9, 1, (byte)'x'], [0xc4, 1, 0], [0x91, 0x01], [0x81, 0x01, 0x02], [0xd6, 0xff, 0, 0, 0, 0],
    ];

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
