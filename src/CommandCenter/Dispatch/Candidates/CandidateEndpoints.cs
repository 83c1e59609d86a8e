using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Contracts.Dispatch;
using CommandCenter.Http;
using CommandCenter.Workers;

namespace CommandCenter.Dispatch.Candidates;

/// <summary>Who can go to an alarm.</summary>
internal static class CandidateEndpoints
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/alarms/{id}/candidates", ListAsync)
        .WithTags("Dispatch").RequireAuthorization(Permissions.Dispatch).Produces<CandidateList>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(409)
        .WithSummary("Workers of the viewer's area who can go, by travel time and what speaks for and against each; and who was passed over, and why; skill=, any number of times: only who has all of them. On the audit trail.");

    private static async Task<IResult> ListAsync(
        string id, string[]? skill, ClaimsPrincipal user, AlarmPlaces alarms, CandidateDesk desk, AuditStore audit, CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var skills = WorkerSkills.Check(skill ?? [], arguments, "skill");
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var viewer = user.ToViewer();
        if (await alarms.FindAsync(viewer, id, cancellationToken) is not { } alarm)
        {
            return Problems.OutOfScope("alarm");
        }

        if (await desk.ListAsync(alarm, viewer, skills!, cancellationToken) is not { } list)
        {
            return Problems.Conflict("no-place", "The alarm came without a place, and its worker has none: send somebody by name.");
        }

        await audit.WriteAsync(viewer, AuditActions.FindCandidates, viewer.AreaId, alarm.Press.WorkerId, detail: $"alarm {alarm.Id:D}, {list.Items.Count} shown", cancellationToken: cancellationToken);
        return TypedResults.Ok(list);
    }
}
