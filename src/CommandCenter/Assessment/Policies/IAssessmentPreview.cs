using CommandCenter.Areas;
using CommandCenter.Assessment.Scoring;
using CommandCenter.Contracts.Assessment;

namespace CommandCenter.Assessment.Policies;

/// <summary>What a past period would have come to under a policy that nobody has stored. Implemented where periods are reckoned.</summary>
public interface IAssessmentPreview
{
    /// <returns>Null: that period was not reckoned, or what it was reckoned from is gone.</returns>
    Task<PolicyPreview?> OfAsync(AssessmentPolicy policy, string period, DateOnly day, SubjectKind kind, AreaScope scope, CancellationToken cancellationToken);
}
