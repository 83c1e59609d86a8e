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
using MessagePack;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CommandCenter.Chaos.Fuzz;

/// <summary>One parser of what anybody may send, with good input to start from. <see cref="Read"/> throws nothing but what it documents.</summary>
/// <param name="Name">On the command line.</param>
/// <param name="Good">What devices and walls really send.</param>
/// <param name="Read">Reads once; an exception that comes out of it is a finding.</param>
public sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Good, Action<byte[]> Read);

public static class FuzzTargets
{
    private const long Now = 1_777_622_400_000;
    private const int MostReports = 5_000;

    private static readonly PositionOptions Options = new();
    private static readonly MessagePackHubProtocol Hub = new();

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("osmand", [.. Texts(
            "id=abc&timestamp=1777622400&lat=37.8706&lon=112.5489&speed=0.2&bearing=26.2&altitude=103.0&accuracy=22.9&batt=93.0&charge=true&mock=true&alarm=sos",
            "id=abc&location=37.8%2C112.5&timestamp=2026-05-01+08%3A00%3A00&valid=1&hdop=6",
            """{"location":{"timestamp":"2026-05-01T08:00:00.862Z","coords":{"latitude":37.42,"longitude":112.084,"accuracy":5,"speed":0,"heading":-1},"mock":true,"battery":{"level":1,"is_charging":false},"extras":{"alarm":"x"}},"device_id":"abc"}""",
            """[{"id":"abc","lat":37.8706,"lon":112.5489,"timestamp":1777622400,"speed":10.0,"charge":true},{"id":"abc","timestamp":1777622460}]""")],
            bytes => Judge(OsmandRequest.Read(Encoding.Latin1.GetString(bytes), bytes.Length % 2 == 0 ? "application/json" : null, bytes).Reports)),
        new("owntracks", [.. Texts(
            """{"cog":271,"lon":112.29513,"acc":5,"vel":61,"lat":37.85833,"tst":1777622400,"alt":167,"_type":"location","tid":"JJ","t":"u","batt":67,"bs":2}""",
            """{"_type":"transition","wtst":1425042603,"lat":12.34,"lon":44.5,"tst":1777622400,"acc":130,"event":"enter"}""",
            """[{"_type":"location","lat":1,"lon":2,"tst":1777622400},{"_type":"card","name":"x"}]""")],
            bytes => Judge(OwnTracksMessage.Read(bytes))),
        new("batch-json", [JsonSerializer.SerializeToUtf8Bytes(Batch(), JsonSerializerOptions.Web), .. Texts("""[{"fixTime":"2026-05-01T08:00:00Z","latitude":1,"longitude":2}]""")],
            bytes => Judge(BatchJson.Read(bytes, MostReports).Items.Select(item => item.Report))),
        new("batch-msgpack", [MessagePackSerializer.Serialize(Batch())],
            bytes => Judge(BatchMessagePack.Read(bytes, MostReports).Items.Select(item => item.Report))),
        new("hub", [.. HubFrames()], ReadHub),
        new("log", [LogEntry()], bytes => Documented(() => LogBatchCodec.Decode(bytes, []))),
        new("track", [Piece()], bytes => Documented(() => TrackCodec.Decode(bytes, []))),
    ];

    /// <summary>Whole hub frames as walls send them.</summary>
    public static IEnumerable<byte[]> HubFrames() => new HubMessage[]
    {
        new StreamInvocationMessage("0", "Watch", [new WatchRequest { Area = "140106", Epoch = "6f9619ff", Tick = 70_000, Bounds = [112.5, 37.8, 112.6, 37.9] }]),
        new InvocationMessage("Shown", [70_000L]),
        new CancelInvocationMessage("0"),
        PingMessage.Instance,
        CompletionMessage.WithError("0", "x"),
    }.Select(message => Hub.GetMessageBytes(message).ToArray());

    /// <summary>Reading may end in nothing; a fix that is kept is a fix of a possible place.</summary>
    private static void Judge(IEnumerable<PositionReport> reports)
    {
        foreach (var report in reports)
        {
            var refusal = PositionRules.Judge(report, 1, 1, Now, Options, out var fix);
            if (refusal == Refusal.None && !fix.IsHeartbeat && (Math.Abs(fix.Longitude) > 180 || Math.Abs(fix.Latitude) > 90))
            {
                throw new InvalidOperationException($"kept {fix}");
            }
        }
    }

    private static void ReadHub(byte[] bytes)
    {
        var input = new ReadOnlySequence<byte>(bytes);
        Documented(() =>
        {
            while (Hub.TryParseMessage(ref input, WallBinder.Instance, out _))
            {
            }
        });
    }

    // The one exception these readers document; their callers set the entry aside or close the line.
    private static void Documented(Action read)
    {
        try
        {
            read();
        }
        catch (InvalidDataException)
        {
            // What is expected of almost all of these bytes.
        }
    }

    private static IEnumerable<byte[]> Texts(params string[] texts) => texts.Select(Encoding.UTF8.GetBytes);

    private static PositionBatch Batch() => new()
    {
        Reports =
        [
            new() { Device = "d-one", FixTime = Now, Longitude = 112.5, Latitude = 37.8, SpeedMps = 1.5, HeadingDegrees = 90, AccuracyMeters = 8, Battery = 70, Mock = true },
            new() { Device = "d-two", FixTime = Now },
        ],
    };

    private static Fix[] Fixes() => [.. Enumerable.Range(0, 20).Select(i => new Fix
    {
        DeviceId = 7, WorkerId = 9, FixTimeMs = Now + (i * 5_000), LongitudeE7 = 1_125_000_000 + (i * 300), LatitudeE7 = 378_000_000 - (i * 200), SpeedCmps = 130, HeadingDeci = 900,
    })];

    private static byte[] LogEntry()
    {
        var buffer = new byte[LogBatchCodec.HeaderBytes + (20 * LogBatchCodec.MaxFixBytes)];
        return buffer[..LogBatchCodec.Encode(Fixes(), Now + 100_000, buffer)];
    }

    private static byte[] Piece() => TrackCodec.Encode(Fixes());

    /// <summary>The wall hub's methods.</summary>
    private sealed class WallBinder : IInvocationBinder
    {
        public static readonly WallBinder Instance = new();

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => methodName switch
        {
            "Watch" => [typeof(WatchRequest)],
            "Shown" => [typeof(long)],
            _ => throw new HubException("There is no such method."),
        };

        public Type GetReturnType(string invocationId) => typeof(object);

        public Type GetStreamItemType(string streamId) => typeof(WallFrame);
    }
}
