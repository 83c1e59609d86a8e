using Microsoft.AspNetCore.Http.HttpResults;

namespace CommandCenter.Tracks.Keeping;

/// <summary>The reason of an act about keeping: in the body, where there is one, or as for reading.</summary>
internal static class KeepingReason
{
    public static AuditReason? From(HttpRequest request, string? reason, string? caseNumber, out ProblemHttpResult? problem)
    {
        problem = null;
        return !string.IsNullOrWhiteSpace(reason) && AuditReason.From(reason, caseNumber, out _) is { } found ? found : AuditReason.From(request, out problem);
    }
}
