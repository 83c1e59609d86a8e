using CommandCenter.Assessment.Policies;
using CommandCenter.Assessment.Scoring;

namespace CommandCenter.Assessment.Periods;

/// <summary>A policy with its version.</summary>
internal sealed record PolicyUsed(int Version, AssessmentPolicy Policy);

/// <summary>Policies as reckoning asks for them.</summary>
internal sealed class PolicyBook(PolicyStore policies)
{
    /// <summary>The one for periods that begin on a day.</summary>
    public async Task<PolicyUsed> InForceAsync(DateOnly starts, CancellationToken cancellationToken) => Of(await policies.InForceAsync(starts, cancellationToken));

    /// <summary>The one that a closed period was scored by.</summary>
    public async Task<PolicyUsed> OfVersionAsync(int version, CancellationToken cancellationToken) =>
        Of(await policies.FindAsync(version, cancellationToken) ?? throw new InvalidDataException($"There is no version {version} of the policy."));

    private static PolicyUsed Of(StoredPolicy stored) => new(stored.Version, stored.Policy);
}
