using CommandCenter.Assessment.Scoring;
using CommandCenter.Assessment.Sources;

namespace CommandCenter.Assessment.Periods;

/// <summary>Policies as reckoning asks for them.</summary>
internal interface IPolicies
{
    /// <summary>The one for periods that begin on a day.</summary>
    Task<PolicyUsed> InForceAsync(DateOnly starts, CancellationToken cancellationToken);

    /// <summary>The one that a closed period was scored by.</summary>
    Task<PolicyUsed> OfVersionAsync(int version, CancellationToken cancellationToken);
}

/// <summary>A policy with what it says of when something is done in time.</summary>
internal sealed record PolicyUsed(int Version, AssessmentPolicy Policy, SourceSettings Settings);
