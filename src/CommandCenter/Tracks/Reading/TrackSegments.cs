using System.Buffers.Binary;
using CommandCenter.Contracts.Tracks;

namespace CommandCenter.Tracks.Reading;

/// <summary>Takes the tracks of a chunk apart again, as its reader does.</summary>
public static class TrackSegments
{
    /// <summary>The bytes of each track of <see cref="TrackChunk.Segments"/>.</summary>
    /// <exception cref="InvalidDataException">A length leads past the end.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Of(TrackChunk chunk)
    {
        for (var rest = chunk.Segments.AsMemory(); !rest.IsEmpty;)
        {
            var length = rest.Length < sizeof(uint) ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(rest.Span);
            if (length > rest.Length - sizeof(uint))
            {
                throw new InvalidDataException("A track is longer than its chunk.");
            }

            yield return rest.Slice(sizeof(uint), (int)length);
            rest = rest[(sizeof(uint) + (int)length)..];
        }
    }
}
