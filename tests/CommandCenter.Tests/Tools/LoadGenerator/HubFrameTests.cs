using System.Buffers;
using CommandCenter.Contracts.Wall;
using CommandCenter.LoadGenerator.Center;
using CommandCenter.LoadGenerator.Load;
using CommandCenter.LoadGenerator.Walls;
using MessagePack;

namespace CommandCenter.Tests.Tools.LoadGenerator;

/// <summary>The generator's own reading of frames beside what the server's serializer writes.</summary>
public sealed class HubFrameTests
{
    private const long Now = 1_795_000_000_000;

    [Test]
    public void ReadsAFrameAsTheServerWritesIt()
    {
        var records = new byte[2 * WallRecord.Size];
        var message = StreamItem(new WallFrame
        {
            Epoch = "e",
            Tick = 12_345,
            Time = Now,
            Full = true,
            Count = 2,
            Records = records,
            Names = [new WallName { Slot = 3, Worker = "L1", Role = "reserve" }],
            Counts = [1, 2, 3],
        });
        var frame = HubFrame.Read(message);
        Assert.That((frame.Kind, frame.Tick, frame.Full, frame.Count, frame.Crowded), Is.EqualTo((HubMessage.Frame, 12_345L, true, 2, false)));
        Assert.That(frame.Records.ToArray(), Is.EqualTo(records));
    }

    [Test]
    public void ReadsHowAStreamAndAConnectionEnd()
    {
        Assert.That(EndOf([0x95, 3, 0x80, 0xa1, (byte)'1', 1, 0xa2, (byte)'n', (byte)'o']), Is.EqualTo((HubMessage.End, "no")));
        Assert.That(EndOf([0x94, 3, 0x80, 0xa1, (byte)'1', 2]), Is.EqualTo((HubMessage.End, "the stream ended")));
        Assert.That(EndOf([0x92, 7, 0xa3, (byte)'b', (byte)'y', (byte)'e']), Is.EqualTo((HubMessage.End, "bye")));
        Assert.That(EndOf([0x91, 6]).Kind, Is.EqualTo(HubMessage.Other), "a ping");
    }

    [Test]
    public void WaitsForAWholeLength()
    {
        Assert.That(HubFrame.TryReadLength([], out _, out _), Is.False);
        Assert.That(HubFrame.TryReadLength([0x80], out _, out _), Is.False);
        Assert.That((HubFrame.TryReadLength([0x80, 0x01, 0xff], out var prefix, out var length), prefix, length), Is.EqualTo((true, 2, 128)));
    }

    [Test]
    public void RefusesALengthThatNoMessageHas()
    {
        Assert.That(() => HubFrame.TryReadLength([0xff, 0xff, 0xff, 0xff, 0xff, 0xff], out _, out _), Throws.TypeOf<InvalidDataException>());
        Assert.That(() => HubFrame.TryReadLength([0xff, 0xff, 0xff, 0xff, 0x0f], out _, out _), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public void ShowsTheTimeOfEachOwnWorkersNewestFix()
    {
        var workers = new LoadWorkers(new byte[16], [10, 11, 12], Ground.Usual);
        var view = new WallView(workers, 0, 3);
        Take(view, full: true, Now, Record(workers, 0, Now - 5_000), Record(workers, 1, Now - 7_000));
        Take(view, full: false, Now + 1_000, Record(workers, 1, Now + 900), new WallRecord(99, 0, 0, 0, 0, (byte)Presence.Moving, 0));
        Assert.That(Enumerable.Range(0, 3).Select(view.ShownOf), Is.EqualTo(new[] { Now - 5_000, Now + 900, 0L }));
        Assert.That((view.Delays.Count, view.Records), Is.EqualTo((1L, 2L)), "the first, full frame is older than the watch");
        Assert.That(view.Delays.Milliseconds(1), Is.EqualTo(100).Within(4).Percent);
    }

    [Test]
    public void SpeaksToTheHubInShortMessages()
    {
        var watch = WallMessages.Watch("LOAD-0001");
        Assert.That(watch[0], Is.EqualTo(watch.Length - 1));
        var reader = new MessagePackReader(watch.AsMemory(1));
        Assert.That((reader.ReadArrayHeader(), reader.ReadInt32()), Is.EqualTo((6, 4)));
        Assert.That(WallMessages.Shown(long.MaxValue), Has.Length.LessThan(64));
    }

    [TestCase(0, 10_852, "140106", 0, 10_852)]
    [TestCase(3, 100_000, "LOAD-0003", 30_000, 10_000)]
    [TestCase(12, 100_000, "LOAD-0002", 20_000, 10_000)]
    [TestCase(2, 25_000, "LOAD-0002", 20_000, 5_000)]
    public void SpreadsWallsOverAreas(int wall, int workers, string area, int first, int count) =>
        Assert.That(WallFleet.ScopeOf(wall, "140106", whole: false, workers), Is.EqualTo((area, first, count)));

    private static void Take(WallView view, bool full, long now, params WallRecord[] records)
    {
        var bytes = new byte[records.Length * WallRecord.Size];
        for (var i = 0; i < records.Length; i++)
        {
            records[i].Write(bytes.AsSpan(i * WallRecord.Size));
        }

        var message = StreamItem(new WallFrame { Tick = 1, Full = full, Count = records.Length, Records = bytes });
        view.Take(HubFrame.Read(message), message.Length, now);
    }

    private static WallRecord Record(LoadWorkers workers, int worker, long timeMs)
    {
        var place = Motion.PlaceAt(timeMs, worker);
        var (longitude, latitude) = workers.Ground.DegreesOf(place);
        return new WallRecord(workers.SlotOf(worker), longitude, latitude, place.East ? (byte)64 : (byte)192, 0, (byte)Presence.Moving, 0);
    }

    private static (HubMessage Kind, string? Error) EndOf(byte[] message)
    {
        var frame = HubFrame.Read(message);
        return (frame.Kind, frame.Error);
    }

    private static byte[] StreamItem(WallFrame frame) => [0x94, 2, 0x80, 0xa1, (byte)'1', .. MessagePackSerializer.Serialize(frame)];
}
