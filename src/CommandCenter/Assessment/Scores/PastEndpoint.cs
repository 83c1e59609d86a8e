using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts.Assessment;
using CommandCenter.Http;

namespace CommandCenter.Assessment.Scores;

/// <summary>A subject beside its own past: totals alone, as the lists of those periods have them.</summary>
internal static class PastEndpoint
{
    /// <summary>A year of months.</summary>
    private const int MostPeriods = 12;

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/assessment/scores/{id:long}/past", GetAsync)
        .WithTags("Assessment").RequireAuthorization(Permissions.Supervise).Produces<PastScores>().ProducesProblem(403)
        .WithSummary("The same person or area in the twelve periods before, newest first.");

    private static async Task<IResult> GetAsync(
        long id, ClaimsPrincipal user, AreaDirectory areas, ScoreStore store, PastStore past, CancellationToken cancellationToken)
    {
        var scope = user.ToViewer().ScopeIn(areas.Current);
        if (await store.FindAsync(id, cancellationToken) is not { } row || !scope.Contains(row.AreaId))
        {
            return Problems.OutOfScope("score");
        }

        var snapshot = row.ErasedAt is null ? await store.FindSnapshotAsync(row.SnapshotId, cancellationToken) : null;
        var rows = snapshot is null ? [] : await past.BeforeAsync(snapshot.Period, row, MostPeriods, cancellationToken);

        // Somebody may have been at home elsewhere then.
        return TypedResults.Ok(new PastScores([.. rows.Where(one => scope.Contains(one.AreaId)).Select(one => new PastScore(
            one.Id, SnapshotViews.Day(one.Starts), SnapshotViews.Day(one.Ends), one.Version, one.Total, one.Band, one.CoveredWeight, one.PolicyVersion))]));
    }
}
