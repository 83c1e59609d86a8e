using CommandCenter.Contracts.Alarms;
using CommandCenter.Contracts.Positions;
using CommandCenter.Contracts.Wall;

namespace CommandCenter.Tests.Contracts;

/// <summary>The values whose bytes are pinned.</summary>
internal static class GoldenSamples
{
    public static readonly (string Name, WallRecord Value)[] Records =
    [
        ("moving", new WallRecord(7, 1_125_494_321, 378_612_345, 64, 18, (byte)Presence.Moving | (byte)RecordFlags.HeadingKnown, 3)),
        ("gone", new WallRecord(8, 0, 0, 0, 0, (byte)Presence.Gone, 255)),
        ("south-west, every flag", new WallRecord(int.MaxValue, -1_800_000_000, -900_000_000, 255, 255, 0xf8 | (byte)Presence.Still, 255)),
        ("stale stranger", new WallRecord(65_536, 1_125_500_000, 378_600_000, 0, 0, (byte)Presence.Stale | (byte)RecordFlags.Stranger, 130)),
        ("never located", new WallRecord(12, 0, 0, 0, 0, (byte)Presence.Lost | (byte)RecordFlags.NoPosition, 255)),
    ];

    public static readonly (string Name, AreaCountRecord Value)[] Counts =
    [
        ("community", new AreaCountRecord(107, 31, 12, 9, 6, 4)),
        ("empty", new AreaCountRecord(1, 0, 0, 0, 0, 0)),
        ("large", new AreaCountRecord(int.MaxValue, 10_852, 10_000, 800, 50, 2)),
    ];

    public static readonly (string Name, WallName Value)[] Names =
    [
        ("own worker", new WallName { Slot = 7, Worker = "YZ-0007", Name = "王芳", Role = "gridWorker", Area = "140106001002" }),
        ("stranger", new WallName { Slot = 300, Worker = "XD-0001", Role = "gridLeader" }),
    ];

    public static readonly (string Name, WallFrame Value)[] Frames =
    [
        ("first, full", new WallFrame
        {
            Epoch = "6f9619ff", Tick = 1, Time = 1_795_329_000_000, Full = true, Count = 2, Records = Bytes(Records[0].Value, Records[3].Value),
            Names = [.. Names.Select(name => name.Value)], Counts = Bytes(Counts[0].Value, Counts[1].Value),
        }),
        ("difference", new WallFrame { Epoch = "6f9619ff", Tick = 4_294_967_296, Time = 1_795_329_001_250, Count = 1, Records = Bytes(Records[1].Value) }),
        ("nothing changed", new WallFrame { Epoch = "6f9619ff", Tick = 300, Time = 1_795_329_002_000 }),
        ("crowded", new WallFrame { Epoch = "6f9619ff", Tick = 70_000, Time = 1_795_329_003_000, Full = true, Crowded = true, Counts = Bytes(Counts[2].Value) }),
        ("records of 17 workers", new WallFrame
        {
            Epoch = "6f9619ff", Tick = 5, Time = 1_795_329_004_000, Count = 17,
            Records = Bytes([.. Enumerable.Range(1, 17).Select(slot => new WallRecord(slot, 1_125_000_000 + slot, 378_000_000 - slot, 0, 0, (byte)Presence.Still, (byte)slot))]),
        }),
    ];

    public static readonly (string Name, AlarmNews Value)[] News =
    [
        ("all that are open", new AlarmNews
        {
            Full = true, Time = 1_795_329_000_000,
            Alarms =
            [
                new WallAlarm
                {
                    Id = "5b0c8f5e-1e72-4f69-a965-cf09382d0de2", Version = 3, Kind = "sos", Priority = 1, State = "raised", Worker = "YZ-0007", Name = "王芳", Area = "140106001002", Place = "140106004",
                    OccurredAt = 1_795_327_000_500, ArrivedAt = 1_795_328_990_000, WaitsSince = 1_795_328_995_000, Late = true, OffDuty = true, Exercise = true, Longitude = 112.5494321, Latitude = 37.8612345, AccuracyMeters = 12.5, Level = 2, Repeats = 5,
                },
                new WallAlarm
                {
                    Id = "0198c0de-0000-7000-8000-000000000001", Version = 2, Kind = "lostContact", Priority = 2, State = "acknowledged", Worker = "XD-0001", Area = "140106004",
                    OccurredAt = 1_795_328_000_000, ArrivedAt = 1_795_328_000_000, WaitsSince = 1_795_328_000_000, AcknowledgedBy = "emil", AcknowledgedAt = 1_795_328_100_000,
                },
            ],
        }),
        ("Redis went away", new AlarmNews { Time = 1_795_329_001_000, Away = "redis" }),
    ];

    public static readonly (string Name, WatchRequest Value)[] Requests =
    [
        ("a whole area", new WatchRequest { Area = "140106" }),
        ("resuming", new WatchRequest { Area = "140106", Epoch = "6f9619ff", Tick = 70_000 }),
        ("within bounds", new WatchRequest { Area = "140106", Bounds = [112.5, 37.8, 112.625, 37.875] }),
    ];

    public static readonly (string Name, PositionBatch Value)[] Batches =
    [
        ("none", new PositionBatch()),
        ("a full report and a heartbeat", new PositionBatch
        {
            Reports =
            [
                new PositionBatchItem
                {
                    Device = "d-7", FixTime = 1_795_329_000_123, Longitude = 112.5494321, Latitude = 37.8612345, SpeedMps = 4.5, HeadingDegrees = 90, AccuracyMeters = 6.5,
                    AltitudeMeters = 781, Battery = 87, Mock = true,
                },
                new PositionBatchItem { FixTime = 1_795_329_005_000 },
            ],
        }),
    ];

    public static readonly (string Name, PositionBatchResult Value)[] Results =
    [
        ("one of each", new PositionBatchResult
        {
            Accepted = 1, Refused = 1,
            Items =
            [
                new PositionBatchItemResult { Index = 0, Status = "accepted", Flags = ["mock", "late"] },
                new PositionBatchItemResult { Index = 1, Status = "heartbeat" },
                new PositionBatchItemResult { Index = 2, Status = "refused", Reason = "from-the-future", Detail = "The fix is 61 s ahead of the server." },
            ],
        }),
    ];

    public static readonly long[] Ages =
    [
        -5, 0, 1, 127, 128, 179, 180, 239, 240, 3_539, 3_540, 3_599, 3_600, 7_199, 7_200, 86_400, 241_199, 241_200, 244_799, 244_800, 10_000_000_000,
    ];

    public static byte[] Bytes(params WallRecord[] records) => [.. records.SelectMany(record => Bytes(record))];

    public static byte[] Bytes(params AreaCountRecord[] records) => [.. records.SelectMany(record => Bytes(record))];

    public static byte[] Bytes(WallRecord record)
    {
        var bytes = new byte[WallRecord.Size];
        record.Write(bytes);
        return bytes;
    }

    public static byte[] Bytes(AreaCountRecord record)
    {
        var bytes = new byte[AreaCountRecord.Size];
        record.Write(bytes);
        return bytes;
    }
}
