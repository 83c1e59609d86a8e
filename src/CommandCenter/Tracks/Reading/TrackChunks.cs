using System.Buffers;
using System.Buffers.Binary;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Contracts.Wall;

namespace CommandCenter.Tracks.Reading;

/// <summary>Fills chunks with tracks: each is given out once the next track would make it larger than <see cref="MostBytes"/>.</summary>
internal sealed class TrackChunks(Func<int, WallName> nameOf)
{
    public const int MostBytes = 256 * 1024;

    private readonly ArrayBufferWriter<byte> _segments = new(MostBytes / 4);
    private readonly HashSet<int> _named = [];
    private List<WallName>? _names;

    public int Workers => _named.Count;

    public long Fixes { get; private set; }

    public bool IsEmpty => _segments.WrittenCount == 0;

    public bool HasRoomFor(int bytes) => IsEmpty || _segments.WrittenCount + sizeof(uint) + bytes <= MostBytes;

    public void Add(int workerId, byte[] body, int fixes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_segments.GetSpan(sizeof(uint)), (uint)body.Length);
        _segments.Advance(sizeof(uint));
        _segments.Write(body);
        Fixes += fixes;
        if (_named.Add(workerId))
        {
            (_names ??= []).Add(nameOf(workerId));
        }
    }

    public TrackChunk Take(long sentUntil, TrackEnd? end = null)
    {
        var chunk = new TrackChunk { Names = _names, Segments = _segments.WrittenSpan.ToArray(), SentUntil = sentUntil, End = end };
        _segments.ResetWrittenCount();
        _names = null;
        return chunk;
    }
}
