using System.Security.Claims;

namespace CommandCenter.Jobs;

/// <summary>Who asked for what. Access, floors up, implements this.</summary>
public interface IJobAudit
{
    string NameOf(ClaimsPrincipal user);

    /// <summary>Returns once the act is on the audit trail.</summary>
    Task RecordRunAsync(ClaimsPrincipal user, string detail, CancellationToken cancellationToken);

    /// <summary>Returns once the act is on the audit trail.</summary>
    Task RecordCancelledAsync(ClaimsPrincipal user, string detail, CancellationToken cancellationToken);
}
