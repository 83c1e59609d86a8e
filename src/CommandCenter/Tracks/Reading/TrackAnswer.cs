using System.Buffers.Binary;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Tracks.Meaning;
using MessagePack;

namespace CommandCenter.Tracks.Reading;

/// <summary>An opening as the body of an HTTP answer, streamed chunk by chunk.</summary>
internal sealed class TrackAnswer(TrackOpening opening, string format, TrackMeaningOptions meaning) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var open = opening;
        var answer = httpContext.Response;
        var cancellationToken = httpContext.RequestAborted;

        var gaps = format == TrackFormats.GeoJson ? await TrackGeoJsonBody.GapsAsync(open, meaning, cancellationToken) : null;

        // The first chunk is made before anything is said, so that a backend that is away is a 503 and no torn answer.
        await using var chunks = open.ChunksAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await chunks.MoveNextAsync();
        answer.ContentType = format;
        answer.Headers.CacheControl = "no-store";
        answer.Headers.Vary = "Accept";
        ITrackBody body = format switch
        {
            TrackFormats.Json => new TrackJsonBody(opening, answer.BodyWriter),
            TrackFormats.GeoJson => new TrackGeoJsonBody(opening, gaps!, meaning, answer.BodyWriter),
            _ => new TrackPackedBody(answer.BodyWriter),
        };
        do
        {
            body.Write(chunks.Current);
            await answer.BodyWriter.FlushAsync(cancellationToken);
        }
        while (await chunks.MoveNextAsync());
    }
}

/// <summary>Writes chunks in one format; the last chunk has its end.</summary>
internal interface ITrackBody
{
    void Write(TrackChunk chunk);
}

/// <summary>Each chunk as u32 length (little-endian) and MessagePack.</summary>
internal sealed class TrackPackedBody(System.IO.Pipelines.PipeWriter to) : ITrackBody
{
    public void Write(TrackChunk chunk)
    {
        var bytes = MessagePackSerializer.Serialize(chunk);
        BinaryPrimitives.WriteUInt32LittleEndian(to.GetSpan(sizeof(uint)), (uint)bytes.Length);
        to.Advance(sizeof(uint));
        System.Buffers.BuffersExtensions.Write(to, bytes);
    }
}
