using System.Buffers;
using System.Text;
using System.Text.Json;
using CommandCenter.Contracts.Positions;
using CommandCenter.Contracts.Wall;
using CommandCenter.Positions;
using CommandCenter.Positions.Batch;
using CommandCenter.Positions.Log;
using CommandCenter.Positions.Protocols;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Meaning;
using CommandCenter.Wall;
using MessagePack;

namespace CommandCenter.Benchmarks;

/// <summary>
/// The hot paths of the line, each as something that can be run again and again: for the benchmarks here, and for the test that holds what
/// they allocate against <c>allocations.json</c>.
/// </summary>
internal sealed class HotPaths
{
    private const int Batch = 1_000;
    private const int Append = 3_000;

    /// <summary>One path; <paramref name="Items"/> are the fixes, or moved workers, of one run.</summary>
    internal sealed record HotPath(string Name, int Items, Action Run);

    private readonly PositionOptions _options = new();
    private readonly ArrayBufferWriter<byte> _answer = new(1 << 20);

    public IReadOnlyList<HotPath> All =>
    [
        OsmandQuery(), OsmandForm(), OwnTracksJson(), BatchOfJson(), BatchOfMessagePack(), AnswerOfMessagePack(), Judge(), LogEncode(), LogDecode(),
        TracksPending(), TracksPieces(), PictureApply(10_852), PictureBeat(10_852), FrameOf("reserve", 10_852, 543), FrameOf("city", 100_000, 5_000), FrameWithBounds(),
        MeaningOfADay(), .. CoverageHotPaths.All,
    ];

    private HotPath OsmandQuery()
    {
        var query = FormattableString.Invariant(
            $"?id=0123456789abcdefghijkl&timestamp={PictureOf.Noon / 1000}&lat=37.8706&lon=112.5489&speed=2.59&bearing=91.5&altitude=812.0&accuracy=4.5&batt=88");
        return new("osmand query", 1, () => Draft(OsmandRequest.Read(query, null, default)));
    }

    private HotPath OsmandForm()
    {
        var form = Encoding.UTF8.GetBytes(
            $"id=0123456789abcdefghijkl&timestamp={PictureOf.Noon / 1000}&lat=37.8706&lon=112.5489&speed=2.59&bearing=91.5&altitude=812.0&accuracy=4.5&batt=88&charge=false");
        return new("osmand form", 1, () => Draft(OsmandRequest.Read("", "application/x-www-form-urlencoded", form)));
    }

    private HotPath OwnTracksJson()
    {
        var body = Encoding.UTF8.GetBytes(
            $$"""{"_type":"location","lat":37.85833,"lon":112.29513,"tst":{{PictureOf.Noon / 1000}},"acc":5,"vel":61,"cog":271,"alt":167,"batt":67,"bs":2,"tid":"JJ","t":"u"}""");
        return new("owntracks json", 1, () => Keep(OwnTracksMessage.Read(body)[0]));
    }

    private HotPath BatchOfJson()
    {
        var (devices, batch) = GatewaysBatch();
        var body = JsonSerializer.SerializeToUtf8Bytes(batch, new JsonSerializerOptions(JsonSerializerDefaults.Web));
        return new("batch json", Batch, () =>
        {
            using var read = BatchJson.Read(body, Batch, devices);
            Keep(read.Items);
        });
    }

    private HotPath BatchOfMessagePack()
    {
        var (devices, batch) = GatewaysBatch();
        var body = MessagePackSerializer.Serialize(batch);
        return new("batch messagepack", Batch, () =>
        {
            using var read = BatchMessagePack.Read(body, Batch, devices);
            Keep(read.Items);
        });
    }

    private HotPath AnswerOfMessagePack()
    {
        var verdicts = new Verdict[Batch];
        return new("batch answer messagepack", Batch, () =>
        {
            _answer.ResetWrittenCount();
            BatchAnswer.WriteMessagePack(_answer, verdicts);
        });
    }

    private HotPath Judge()
    {
        var report = new PositionReport { FixTimeMs = PictureOf.Noon, Longitude = 112.5, Latitude = 37.8, SpeedMps = 1.5, AccuracyMeters = 5, BatteryPercent = 70 };
        return new("judge", Batch, () =>
        {
            for (var i = 0; i < Batch; i++)
            {
                Keep(report);
            }
        });
    }

    private static HotPath LogEncode()
    {
        var fixes = PictureOf.Walk(0, Append, PictureOf.Noon);
        var buffer = new byte[LogBatchCodec.HeaderBytes + (Append * LogBatchCodec.MaxFixBytes)];
        return new("log encode", Append, () => LogBatchCodec.Encode(fixes, PictureOf.Noon, buffer));
    }

    private static HotPath LogDecode()
    {
        var buffer = new byte[LogBatchCodec.HeaderBytes + (Append * LogBatchCodec.MaxFixBytes)];
        var body = buffer[..LogBatchCodec.Encode(PictureOf.Walk(0, Append, PictureOf.Noon), PictureOf.Noon, buffer)];
        var decoded = new List<Fix>(Append);
        return new("log decode", Append, () =>
        {
            decoded.Clear();
            LogBatchCodec.Decode(body, decoded);
        });
    }

    private static HotPath TracksPending()
    {
        var pending = new PendingTracks(LogPosition.Start, TimeProvider.System);
        var read = new LogRead();
        read.Fixes.AddRange(PictureOf.Walk(0, Append, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));
        return new("tracks pending", Append, () =>
        {
            pending.Add(read);
            pending.Restart();
        });
    }

    private static HotPath TracksPieces()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var pending = new PendingTracks(LogPosition.Start, TimeProvider.System);
        var read = new LogRead();
        for (var lap = 0; lap < PendingTracks.EnoughOfAWorker; lap++)
        {
            read.Fixes.AddRange(PictureOf.Walk(0, Batch, now).Select(fix => fix with
            {
                FixTimeMs = TrackPiece.HourOf(now) + (lap * 10_000) + (fix.WorkerId % 10_000),
                LongitudeE7 = fix.LongitudeE7 + (lap * 1_200),
            }));
        }

        pending.Add(read);
        return new("tracks pieces", read.Fixes.Count, () =>
        {
            foreach (var piece in pending.Pieces())
            {
                GC.KeepAlive(piece);
            }
        });
    }

    private static HotPath PictureApply(int workers)
    {
        var world = new PictureOf(workers);
        return new("picture apply", Append, () => world.Move(Append));
    }

    private static HotPath PictureBeat(int workers)
    {
        var world = new PictureOf(workers);
        return new("picture beat", 1, () =>
        {
            world.Pass(250);
            world.Picture.Beat();
        });
    }

    private static HotPath FrameOf(string size, int workers, int moved)
    {
        var world = new PictureOf(workers);
        var scope = new WallScope(PictureOf.District, PictureOf.District, null);
        var options = new WallOptions { MaxMarkers = 200_000 };
        long tick = 0;
        return new($"frame {size}", moved, () =>
        {
            world.Move(moved);
            using var reading = world.Picture.Read();
            tick = FrameCutter.Cut(reading, "epoch", scope, tick, options)!.Tick;
        });
    }

    private static HotPath FrameWithBounds()
    {
        var world = new PictureOf(10_852);
        var scope = new WallScope(PictureOf.District, PictureOf.District, Bounds.From([112.50, 37.80, 112.54, 37.84]));
        var options = new WallOptions();
        var held = new KnownSlots();
        long? tick = null;
        return new("frame with bounds", 543, () =>
        {
            world.Move(543);
            using var reading = world.Picture.Read();
            tick = FrameCutter.Cut(reading, "epoch", scope, tick, options, held)!.Tick;
        });
    }

    private static HotPath MeaningOfADay()
    {
        var day = PatrolDay.Make();
        var meaning = new TrackMeaning(new TrackMeaningOptions());
        return new("meaning of a worker-day", PatrolDay.FixesOfADay, () => meaning.Read(day));
    }

    private static (CommandCenter.Workers.DeviceDirectory Devices, PositionBatch Batch) GatewaysBatch() => (
        PictureOf.Devices(Batch),
        new PositionBatch
        {
            Reports = [.. Enumerable.Range(0, Batch).Select(i => new PositionBatchItem
            {
                Device = $"device-{i:D7}",
                FixTime = PictureOf.Noon + i,
                Longitude = 112.5 + (i * 1e-5),
                Latitude = 37.8,
                SpeedMps = 1.25,
                HeadingDegrees = 90,
                AccuracyMeters = 5,
                Battery = 77,
            })],
        });

    private void Draft(in OsmandRequest request)
    {
        if (!request.TryHashId(out _))
        {
            throw new InvalidOperationException("no identifier");
        }

        using var reports = request.Rent();
        Keep(reports.Memory.Span[0]);
    }

    private void Keep(ReadOnlySpan<BatchItem> items)
    {
        foreach (ref readonly var item in items)
        {
            _ = item.Known ?? throw new InvalidOperationException("an unknown device");
            Keep(item.Report);
        }
    }

    private void Keep(in PositionReport report)
    {
        if (PositionRules.Judge(report, 1, 1, PictureOf.Noon, _options, out _) is var refusal and not Refusal.None)
        {
            throw new InvalidOperationException(refusal.ToString());
        }
    }
}
