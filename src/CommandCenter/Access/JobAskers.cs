using System.Security.Claims;
using CommandCenter.Areas;
using CommandCenter.Jobs;

namespace CommandCenter.Access;

/// <summary>Tells the jobs, floors down, who asks. What they do concerns the whole center; the row stands in the administrator's own area.</summary>
internal sealed class JobAskers(AreaDirectory areas, AuditStore audit) : IJobAskers
{
    public string NameOf(ClaimsPrincipal user) => user.ToViewer().User;

    public bool HasWholeCenter(ClaimsPrincipal user) => user.ToViewer().ScopeIn(areas.Current).Root is { Parent: null };

    public Task RecordRunAsync(ClaimsPrincipal user, string detail, CancellationToken cancellationToken) => RecordAsync(user, AuditActions.RunJob, detail, cancellationToken);

    public Task RecordCancelledAsync(ClaimsPrincipal user, string detail, CancellationToken cancellationToken) =>
        RecordAsync(user, AuditActions.CancelJob, detail, cancellationToken);

    private Task RecordAsync(ClaimsPrincipal user, string action, string detail, CancellationToken cancellationToken)
    {
        var viewer = user.ToViewer();
        return audit.WriteAsync(viewer, action, viewer.AreaId, detail: detail, cancellationToken: cancellationToken);
    }
}
