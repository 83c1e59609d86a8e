using System.Security.Claims;

namespace CommandCenter.Areas;

/// <summary>Who asks, as far as the areas need to know it. Access, one floor up, implements this.</summary>
public interface IAreaViewers
{
    AreaScope ScopeOf(ClaimsPrincipal user);

    /// <summary>Returns once the act is on the audit trail.</summary>
    Task RecordAddedAsync(ClaimsPrincipal user, int areaId, string code, CancellationToken cancellationToken);

    /// <summary>Returns once the act is on the audit trail.</summary>
    Task RecordRenamedAsync(ClaimsPrincipal user, int areaId, string detail, CancellationToken cancellationToken);
}
