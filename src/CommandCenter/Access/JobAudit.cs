using System.Security.Claims;
using CommandCenter.Jobs;

namespace CommandCenter.Access;

/// <summary>Tells the jobs, floors down, who asks. What they do concerns the whole center; the row stands in the administrator's own area.</summary>
internal sealed class JobAudit(AuditStore audit) : IJobAudit
{
    public string NameOf(ClaimsPrincipal user) => user.ToViewer().User;

    public Task RecordRunAsync(ClaimsPrincipal user, string detail, CancellationToken cancellationToken) => RecordAsync(user, AuditActions.RunJob, detail, cancellationToken);

    public Task RecordCancelledAsync(ClaimsPrincipal user, string detail, CancellationToken cancellationToken) =>
        RecordAsync(user, AuditActions.CancelJob, detail, cancellationToken);

    private Task RecordAsync(ClaimsPrincipal user, string action, string detail, CancellationToken cancellationToken)
    {
        var viewer = user.ToViewer();
        return audit.WriteAsync(viewer, action, viewer.AreaId, detail: detail, cancellationToken: cancellationToken);
    }
}
