using System.Runtime.CompilerServices;
using CommandCenter.Access;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Storage;
using CommandCenter.Tracks.Reading;

namespace CommandCenter.Wall;

/// <summary>Tracks through the hub: the desk's answers as a stream, its refusals and backends that are away as numbered hub errors: "403 out-of-scope: There is …".</summary>
public sealed class WallTracks(TrackDesk desk)
{
    /// <exception cref="Microsoft.AspNetCore.SignalR.HubException">400, 403, 428, 429 or 503.</exception>
    internal async IAsyncEnumerable<TrackChunk> StreamAsync(
        Viewer viewer, TrackRequest? request, TrackFollowing following, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (granted, refusal) = await ToldAsync(desk.OpenAsync(viewer, request, following, cancellationToken));
        using var opening = granted ?? throw HubProblem.Of(refusal!.Status, $"{refusal.Reason}: {refusal.Detail}");
        await using var chunks = opening.ChunksAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await ToldAsync(chunks.MoveNextAsync().AsTask()))
        {
            yield return chunks.Current;
        }
    }

    private static async Task<T> ToldAsync<T>(Task<T> reading)
    {
        try
        {
            return await reading;
        }
        catch (Exception e) when (BackendAway.NameOf(e) is { } backend)
        {
            throw HubProblem.Unavailable($"The server's {backend} cannot be reached, so tracks would be incomplete: try again in a moment.");
        }
    }
}
