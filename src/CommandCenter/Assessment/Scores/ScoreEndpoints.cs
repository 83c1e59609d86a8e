using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Assessment.Appeals;
using CommandCenter.Contracts.Assessment;
using CommandCenter.Http;
using CommandCenter.Tracks;

namespace CommandCenter.Assessment.Scores;

/// <summary>One score, and what stands behind each of its numbers.</summary>
internal static class ScoreEndpoints
{
    private const int MaxIndicatorLength = 60;

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/assessment/scores/{id:long}").WithTags("Assessment").RequireAuthorization(Permissions.Supervise);
        group.MapGet("", GetAsync).Produces<ScoreDetail>().ProducesProblem(403)
            .WithSummary("A score with its indicators, its versions and its appeals; a look at a person's is on the audit trail.");
        group.MapGet("evidence/{indicator}", EvidenceAsync).Produces<ScoreEvidence>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(410).ProducesProblem(428)
            .WithSummary("The squares, alarms, assignments, days or parts behind an indicator; of a person with a reason, which that person will see.");
    }

    private static async Task<IResult> GetAsync(
        long id, ClaimsPrincipal user, AreaDirectory areas, ScoreStore store, ScoreDetails details, AuditStore audit, CancellationToken cancellationToken)
    {
        var viewer = user.ToViewer();
        var scope = viewer.ScopeIn(areas.Current);
        if (await store.FindAsync(id, cancellationToken) is not { } row || !scope.Contains(row.AreaId))
        {
            return Problems.OutOfScope("score");
        }

        if (row is { IsOfPerson: true, ErasedAt: null })
        {
            await audit.WriteAsync(viewer, AuditActions.OpenScore, row.AreaId, row.WorkerId, detail: $"score {id}", cancellationToken: cancellationToken);
        }

        return TypedResults.Ok(await details.OfAsync(row, (appeal, names) => AppealViews.Of(appeal, names, viewer), cancellationToken));
    }

    private static async Task<IResult> EvidenceAsync(
        long id,
        string indicator,
        HttpContext context,
        ClaimsPrincipal user,
        AreaDirectory areas,
        ScoreStore store,
        EvidenceReader reader,
        AuditStore audit,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var which = arguments.Required("indicator", indicator, MaxIndicatorLength);
        if (arguments.Problem is { } bad)
        {
            return bad;
        }

        var viewer = user.ToViewer();
        if (await store.FindAsync(id, cancellationToken) is not { } row || !viewer.ScopeIn(areas.Current).Contains(row.AreaId))
        {
            return Problems.OutOfScope("score");
        }

        if (row.ErasedAt is not null)
        {
            return Problems.Gone("erased", "The data of this person were erased; the score's hash alone is left.");
        }

        if (row.IsOfPerson)
        {
            if (AuditReason.From(context.Request, out var problem) is not { } reason)
            {
                return problem!;
            }

            await audit.WriteAsync(viewer, AuditActions.OpenEvidence, row.AreaId, row.WorkerId, reason.OnTrail, $"{which} of score {id}", cancellationToken);
        }

        var snapshot = await store.FindSnapshotAsync(row.SnapshotId, cancellationToken);
        return snapshot is not null && await reader.ReadAsync(row, snapshot, which, cancellationToken) is { } evidence
            ? TypedResults.Ok(evidence)
            : Problems.NotFound("no-evidence", "Nothing was kept behind this number, or it was let go.");
    }
}
