using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace CommandCenter.Tracks.Exports;

/// <summary>A whole export as an answer, sent while it is still being written; then the file is released.</summary>
internal sealed class ExportAnswer(ExportFile file, ExportWatch watch, ExportRequest request, long fixes) : IResult
{
    /// <summary>Fixes as counted before: with <see cref="BytesHeader"/> what a bar of progress goes by.</summary>
    public const string FixesHeader = "X-Export-Fixes";

    /// <summary>About how many bytes will come; the exact number stands in Content-Length where it is known.</summary>
    public const string BytesHeader = "X-Export-Bytes";

    /// <summary>Of a cleaned export: the rules; and how many fixes they left out, once that is known.</summary>
    public const string CleanedHeader = "X-Export-Cleaned";

    public const string LeftOutHeader = "X-Export-Left-Out";

    /// <summary>Stored parts that could not be read and are not in it, once that is known: after the last byte a request for any range is told.</summary>
    public const string DamagedHeader = "X-Export-Damaged";

    private const int ChunkBytes = 64 * 1_024;

    /// <summary>A small export is finished within this, and then goes with its length.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        try
        {
            await SendAsync(httpContext);
        }
        finally
        {
            file.Release();
        }
    }

    private async Task SendAsync(HttpContext httpContext)
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
        catch (Exception e) when (file.Finished.IsFaulted || e is OperationCanceledException)
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
        Common(response, request, file);
        response.Headers[FixesHeader] = fixes.ToString(CultureInfo.InvariantCulture);
        response.Headers[BytesHeader] = (fixes * request.Format.BytesPerFix()).ToString(CultureInfo.InvariantCulture);
        if (file.Finished.IsCompletedSuccessfully)
        {
            response.ContentLength = file.Length;
        }
    }

    /// <summary>Ranges are of the bytes as they are: nothing on the way may compress or keep them.</summary>
    public static void Common(HttpResponse response, ExportRequest request, ExportFile file)
    {
        response.Headers.AcceptRanges = "bytes";
        response.Headers.CacheControl = "private, no-store, no-transform";
        response.Headers.ContentEncoding = "identity";
        if (request.Clean)
        {
            response.Headers[CleanedHeader] = LeftOutFixes.Rules;
        }

        if (file.Notes is { } notes)
        {
            response.Headers[DamagedHeader] = notes.Damaged.ToString(CultureInfo.InvariantCulture);
            if (notes.LeftOut is { } left)
            {
                response.Headers[LeftOutHeader] = left.All.ToString(CultureInfo.InvariantCulture);
            }
        }
    }

    private async Task FollowAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        for (long at = 0; await file.IsLongerAsync(at, cancellationToken);)
        {
            var read = await file.ReadAsync(response.BodyWriter.GetMemory(ChunkBytes)[..ChunkBytes], at, cancellationToken);
            await watch.AskAsync(read, cancellationToken);
            response.BodyWriter.Advance(read);
            at += read;
            await response.BodyWriter.FlushAsync(cancellationToken);
        }
    }
}
