using System.Buffers;
using BenchmarkDotNet.Attributes;
using CommandCenter.Contracts.Wall;
using CommandCenter.Tracks;
using CommandCenter.Wall;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace CommandCenter.Benchmarks;

/// <summary>
/// One beat for 200 walls, up to the bytes that go into their sockets: a shared frame, written to each wall as an item of its stream; beside
/// SignalR sending one JSON object per moved worker to a group, which it writes once and copies to each connection.
/// </summary>
[MemoryDiagnoser]
public class FanOutBenchmarks
{
    private const int Walls = 200;

    private readonly ArrayBufferWriter<byte>[] _sockets = [.. Enumerable.Range(0, Walls).Select(_ => new ArrayBufferWriter<byte>(1 << 16))];
    private readonly MessagePackHubProtocol _messagePack = new();
    private readonly JsonHubProtocol _json = new();
    private readonly WallScope _scope = new(PictureOf.District, PictureOf.District, null);
    private PictureOf _world = null!;
    private FrameShare _share = null!;
    private Fix[] _moved = [];
    private long _tick;

    /// <summary>Workers, and those of them that move within a beat: the reserve at one fix per 5 s, a city at 20,000 a second.</summary>
    [Params("10852/543", "100000/5000")]
    public string Size { get; set; } = "";

    private int Moved => int.Parse(Size.Split('/')[1], System.Globalization.CultureInfo.InvariantCulture);

    [GlobalSetup]
    public void Setup()
    {
        _world = new PictureOf(int.Parse(Size.Split('/')[0], System.Globalization.CultureInfo.InvariantCulture));
        _moved = PictureOf.Walk(0, Moved, PictureOf.Noon);
        _share = new FrameShare(_world.Picture, Options.Create(new WallOptions { MaxMarkers = 200_000 }));
    }

    [Benchmark(Baseline = true)]
    public void OneJsonObjectAFixToAGroup()
    {
        foreach (ref readonly var fix in _moved.AsSpan())
        {
            var moved = new
            {
                worker = fix.WorkerId,
                longitude = fix.Longitude,
                latitude = fix.Latitude,
                heading = fix.HeadingDegrees,
                speed = fix.SpeedMps,
                state = "moving",
                time = fix.FixTimeMs,
            };
            var bytes = _json.GetMessageBytes(new InvocationMessage("moved", [moved]));
            foreach (var socket in _sockets)
            {
                if (socket.WrittenCount > 1 << 15)
                {
                    socket.ResetWrittenCount();
                }

                socket.Write(bytes.Span);
            }
        }
    }

    [Benchmark]
    public long OneSharedFrame()
    {
        _world.Move(Moved);
        _world.Picture.Beat();
        WallFrame? frame = null;
        foreach (var socket in _sockets)
        {
            frame = _share.Frame(_scope, _tick, null)!;
            socket.ResetWrittenCount();
            _messagePack.WriteMessage(new StreamItemMessage("1", frame), socket);
        }

        return _tick = frame!.Tick;
    }
}
