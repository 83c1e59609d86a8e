using CommandCenter.Assessment.Scoring;
using CommandCenter.Assessment.Sources;

namespace CommandCenter.Assessment.Periods;

internal sealed class StubPolicies : IPolicies
{
    public Task<PolicyUsed> InForceAsync(DateOnly starts, CancellationToken cancellationToken) => OfVersionAsync(1, cancellationToken);

    public Task<PolicyUsed> OfVersionAsync(int version, CancellationToken cancellationToken) =>
        Task.FromResult(new PolicyUsed(version, new AssessmentPolicy(version), new SourceSettings(60, 60, 600, 7_200, 30, 30)));
}
