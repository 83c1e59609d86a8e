using System.Security.Claims;

namespace CommandCenter.Jobs;

/// <summary>Who asks for what. Access, floors up, implements this.</summary>
public interface IJobAskers
{
    string NameOf(ClaimsPrincipal user);

    /// <summary>Whether the user's area is the whole center, which jobs are about.</summary>
    bool HasWholeCenter(ClaimsPrincipal user);

    /// <summary>Returns once the act is on the audit trail.</summary>
    Task RecordRunAsync(ClaimsPrincipal user, string detail, CancellationToken cancellationToken);

    /// <summary>Returns once the act is on the audit trail.</summary>
    Task RecordCancelledAsync(ClaimsPrincipal user, string detail, CancellationToken cancellationToken);
}
