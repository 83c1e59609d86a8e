using System.Security.Claims;
using CommandCenter.Areas;

namespace CommandCenter.Access;

/// <summary>Tells the areas, one floor down, who asks.</summary>
public sealed class AreaViewers(AreaDirectory areas, AuditStore audit) : IAreaViewers
{
    public AreaScope ScopeOf(ClaimsPrincipal user) => user.ToViewer().ScopeIn(areas.Current);

    public Task RecordAddedAsync(ClaimsPrincipal user, int areaId, string code, CancellationToken cancellationToken) =>
        audit.WriteAsync(user.ToViewer(), AuditActions.AddArea, areaId, detail: code, cancellationToken: cancellationToken);

    public Task RecordRenamedAsync(ClaimsPrincipal user, int areaId, string detail, CancellationToken cancellationToken) =>
        audit.WriteAsync(user.ToViewer(), AuditActions.RenameArea, areaId, detail: detail, cancellationToken: cancellationToken);
}
