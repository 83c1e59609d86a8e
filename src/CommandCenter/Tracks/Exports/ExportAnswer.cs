using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace CommandCenter.Tracks.Exports;

/// <summary>A whole export as an answer, sent while it is still being written.</summary>
internal sealed class ExportAnswer(ExportFile file, ExportRequest request, long fixes) : IResult
{
    /// <summary>Fixes as counted before: with <see cref="BytesHeader"/> what a bar of progress goes by.</summary>
    public const string FixesHeader = "X-Export-Fixes";

    /// <summary>About how many bytes will come; the exact number stands in Content-Length where it is known.</summary>
    public const string BytesHeader = "X-Export-Bytes";

    private const int ChunkBytes = 64 * 1_024;

    /// <summary>A small export is finished within this, and then goes with its length.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancellationToken = httpContext.RequestAborted;
        await file.Finished.WaitAsync(Patience, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // A backend that is away from the start is answered as such; only later must the connection break.
        await file.IsLongerAsync(0, cancellationToken);
        SetHeaders(httpContext.Response);
        try
        {
            await FollowAsync(httpContext.Response, cancellationToken);
        }
        catch (Exception) when (file.Finished.IsFaulted)
        {
            // Not an orderly end: who downloads must see that it is not whole.
            httpContext.Abort();
        }
    }

    private void SetHeaders(HttpResponse response)
    {
        var headers = response.GetTypedHeaders();
        headers.ContentType = MediaTypeHeaderValue.Parse(request.Format.MediaType());
        headers.ETag = file.Tag;
        headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = request.FileName };
        Common(response);
        response.Headers[FixesHeader] = fixes.ToString(CultureInfo.InvariantCulture);
        response.Headers[BytesHeader] = (fixes * request.Format.BytesPerFix()).ToString(CultureInfo.InvariantCulture);
        if (file.Finished.IsCompletedSuccessfully)
        {
            response.ContentLength = file.Length;
        }
    }

    /// <summary>Ranges are of the bytes as they are: nothing on the way may compress or keep them.</summary>
    public static void Common(HttpResponse response)
    {
        response.Headers.AcceptRanges = "bytes";
        response.Headers.CacheControl = "private, no-store, no-transform";
        response.Headers.ContentEncoding = "identity";
    }

    private async Task FollowAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        for (long at = 0; await file.IsLongerAsync(at, cancellationToken);)
        {
            var read = await file.ReadAsync(response.BodyWriter.GetMemory(ChunkBytes)[..ChunkBytes], at, cancellationToken);
            response.BodyWriter.Advance(read);
            at += read;
            await response.BodyWriter.FlushAsync(cancellationToken);
        }
    }
}
