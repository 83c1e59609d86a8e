using System.Net.Http.Headers;
using CommandCenter.Center;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Tracks;

namespace CommandCenter.TrackFiles;

/// <summary>The server's REST interface as far as tracks are put back.</summary>
internal sealed class CenterClient(CenterConnection center)
{
    /// <param name="lines">As in raw/fixes.jsonl.</param>
    /// <param name="reason">Goes percent-encoded: headers carry Latin-1 alone.</param>
    /// <param name="cancellationToken">Ends the wait; what was stored stays.</param>
    public async Task<TrackReimportReport> PutBackAsync(ReadOnlyMemory<byte> lines, AuditReason reason, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/tracks/reimport") { Content = new ReadOnlyMemoryContent(lines) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        request.Headers.Add(AuditReason.Header, Uri.EscapeDataString(reason.Text));
        if (reason.Case is { } number)
        {
            request.Headers.Add(AuditReason.CaseHeader, Uri.EscapeDataString(number));
        }

        using var answer = await center.Http.SendAsync(request, cancellationToken);
        return await CenterConnection.ReadAsync<TrackReimportReport>(answer, cancellationToken);
    }
}
