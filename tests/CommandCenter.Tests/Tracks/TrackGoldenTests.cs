using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Contracts.Wall;
using CommandCenter.Tests.Contracts;
using CommandCenter.Tracks;

namespace CommandCenter.Tests.Tracks;

/// <summary>The browser decodes tracks by itself: what the codec writes is pinned here and read by the web client's tests.</summary>
public sealed class TrackGoldenTests
{
    private static readonly (string Name, Fix[] Fixes)[] Samples =
    [
        ("one fix", [Fixes.At(Fixes.Noon)]),
        ("a walk of whole seconds", [.. Enumerable.Range(0, 12).Select(i => Fixes.At(Fixes.Noon + (i * 5_000), 112.56 + (i * 6e-5), 37.86 - (i * i * 1e-6)))]),
        ("a resting phone", [.. Enumerable.Range(0, 40).Select(i => Fixes.At(Fixes.Noon + (i * 10_000), speedMps: 0))]),
        ("runs of times and speeds", [.. Enumerable.Range(0, 60).Select(i => Fixes.At(Fixes.Noon + (i * 5_000L) + (i / 20 * 60_000L), speedMps: i / 15 * 0.5))]),
        ("milliseconds, nothing known, far apart",
        [
            Bare(-1_234_567, -1_800_000_000, -900_000_000, 1),
            Bare(7, 1_800_000_000, 900_000_000, int.MaxValue),
            Bare(Fixes.Noon + 1, 0, 0, 2),
        ]),
        ("two devices at one moment, flags and battery",
        [
            Fixes.At(Fixes.Noon, device: 7) with { Flags = FixFlags.Mock | FixFlags.Sos },
            Fixes.At(Fixes.Noon, device: 9) with { BatteryPercent = 100, AltitudeM = -400 },
            Fixes.At(Fixes.Noon + 997, device: 7) with { Flags = FixFlags.Late | FixFlags.Charging, HeadingDeci = 3_599, AccuracyDm = 65_534 },
        ]),
    ];

    [Test]
    public void SegmentsKeepTheirBytes()
    {
        var file = new GoldenFile("track-segment", "A track as TrackCodec version 1 writes it, and its columns in the units of the bytes.");
        foreach (var (name, fixes) in Samples)
        {
            var decoded = new List<Fix>();
            var bytes = TrackCodec.Encode(fixes);
            TrackCodec.Decode(bytes, decoded);
            Assert.That(decoded, Is.EqualTo(fixes), name);
            file.Add(name, bytes, Columns(fixes));
        }

        file.Compare();
    }

    [Test]
    public void ChunksKeepTheirBytes()
    {
        var file = new GoldenFile("track-chunk", "What WallHub.Tracks streams: a MessagePack map; segments are each u32 length (little-endian) and a track.");
        var names = new[] { new WallName { Slot = 3, Worker = "W0003", Name = "张伟", Role = "gridWorker", Area = "140109003" } };
        file.AddMessagePack("two segments", new TrackChunk { Names = names, Segments = [.. Framed(Samples[0].Fixes), .. Framed(Samples[1].Fixes)], SentUntil = Fixes.Noon + 60_000 });
        file.AddMessagePack("the last", new TrackChunk { SentUntil = Fixes.Noon + 3_600_000, End = new TrackEnd { Complete = Fixes.Noon + 3_599_000, Workers = 1, Fixes = 13, Outside = 2 } });
        file.Compare();
    }

    private static byte[] Framed(Fix[] fixes)
    {
        var track = TrackCodec.Encode(fixes);
        var framed = new byte[4 + track.Length];
        BinaryPrimitives.WriteInt32LittleEndian(framed, track.Length);
        track.CopyTo(framed, 4);
        return framed;
    }

    private static Fix Bare(long ms, int longitudeE7, int latitudeE7, int device) => new()
    {
        DeviceId = device,
        WorkerId = int.MaxValue,
        FixTimeMs = ms,
        LongitudeE7 = longitudeE7,
        LatitudeE7 = latitudeE7,
        SpeedCmps = Fix.UnknownSpeed,
        HeadingDeci = Fix.UnknownHeading,
        AccuracyDm = Fix.UnknownAccuracy,
        AltitudeM = Fix.UnknownAltitude,
        BatteryPercent = Fix.UnknownBattery,
    };

    private static JsonObject Columns(Fix[] fixes)
    {
        JsonArray Column<T>(Func<Fix, T> of) => new([.. fixes.Select(fix => JsonSerializer.SerializeToNode(of(fix)))]);
        return new JsonObject
        {
            ["slot"] = fixes[0].WorkerId,
            ["at"] = Column(fix => fix.FixTimeMs),
            ["longitudeE7"] = Column(fix => fix.LongitudeE7),
            ["latitudeE7"] = Column(fix => fix.LatitudeE7),
            ["speed"] = Column(fix => fix.SpeedCmps),
            ["heading"] = Column(fix => fix.HeadingDeci),
            ["accuracy"] = Column(fix => fix.AccuracyDm),
            ["altitude"] = Column(fix => fix.AltitudeM),
            ["battery"] = Column(fix => fix.BatteryPercent),
            ["flags"] = Column(fix => (byte)fix.Flags),
            ["device"] = Column(fix => fix.DeviceId),
        };
    }
}
