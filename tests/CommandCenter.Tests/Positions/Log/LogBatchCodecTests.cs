using CommandCenter.Positions.Log;
using CommandCenter.Tests.Tracks;
using CommandCenter.Tracks;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Positions.Log;

public sealed class LogBatchCodecTests
{
    [Test]
    public void GivesBackWhatItWasGiven() => Prop.ForAll(Fixes.AnyList(3), fixes =>
    {
        var decoded = new List<Fix>();
        var received = LogBatchCodec.Decode(Encode(fixes, Fixes.Noon + 5), decoded);
        return received == Fixes.Noon + 5 && decoded.SequenceEqual(fixes);
    }).QuickCheckThrowOnFailure();

    [Test]
    public void AHeartbeatHasNoPlace()
    {
        var heartbeat = new Fix { DeviceId = 9, WorkerId = 4, FixTimeMs = Fixes.Noon, Flags = FixFlags.Heartbeat, BatteryPercent = 12 };
        var decoded = new List<Fix>();

        var bytes = Encode([heartbeat], Fixes.Noon);
        LogBatchCodec.Decode(bytes, decoded);

        Assert.That(decoded, Is.EqualTo(new[] { heartbeat }));
    }

    [Test]
    public void AUsualFixTakesAtMostTwentyFourBytes()
    {
        var fixes = Enumerable.Range(0, 1_000).Select(i => Fixes.At(Fixes.Noon - (i % 5_000), device: 10_000 + (i * 3), worker: 10_100 + (i * 3))).ToArray();

        Assert.That(Encode(fixes, Fixes.Noon), Has.Length.LessThanOrEqualTo(24_000));
    }

    [Test]
    public void TheMostAFixCanTakeIsTheStatedMost()
    {
        var worst = new Fix
        {
            DeviceId = int.MaxValue,
            WorkerId = int.MinValue,
            FixTimeMs = long.MinValue / 2,
            LongitudeE7 = -1_800_000_000,
            LatitudeE7 = -900_000_000,
            SpeedCmps = 65_534,
            HeadingDeci = 65_534,
            AccuracyDm = 65_534,
            AltitudeM = short.MinValue,
            BatteryPercent = 255,
            Flags = FixFlags.Mock,
        };

        Assert.That(Encode([worst, worst with { DeviceId = int.MinValue, WorkerId = int.MaxValue }], Fixes.Noon), Has.Length.LessThanOrEqualTo(
            LogBatchCodec.HeaderBytes + (2 * LogBatchCodec.MaxFixBytes)));
    }

    [Test]
    public void DamagedBytesThrowInvalidDataAndAddNothing()
    {
        var good = Encode([.. Enumerable.Range(0, 20).Select(i => Fixes.At(Fixes.Noon + i))], Fixes.Noon);
        var random = new Random(3);
        var refused = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = good.AsSpan(0, random.Next(2) == 0 ? good.Length : random.Next(good.Length)).ToArray();
            for (var change = random.Next(3); change >= 0 && bytes.Length > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var decoded = new List<Fix>();
            try
            {
                LogBatchCodec.Decode(bytes, decoded);
            }
            catch (InvalidDataException)
            {
                refused++;
                Assert.That(decoded, Is.Empty);
            }
        }

        Assert.That(refused, Is.GreaterThan(5_000));
    }

    private static byte[] Encode(Fix[] fixes, long receivedAtMs)
    {
        var bytes = new byte[LogBatchCodec.HeaderBytes + (fixes.Length * LogBatchCodec.MaxFixBytes)];
        return bytes.AsSpan(0, LogBatchCodec.Encode(fixes, receivedAtMs, bytes)).ToArray();
    }
}
