using System.Text.Json;
using CommandCenter.Assessment.Scoring;

namespace CommandCenter.Assessment.Policies;

/// <summary>A version of the policy.</summary>
/// <param name="Version">1 is the shipped one, which is in force from the beginning.</param>
/// <param name="ValidFrom">For periods that begin on this day or later, unless a newer version is.</param>
/// <param name="Policy">As read from <paramref name="Json"/>.</param>
/// <param name="Json">As somebody wrote it.</param>
/// <param name="Note">Why it was changed.</param>
/// <param name="LegalBasis">Why hours and mileage may count; null: they do not.</param>
/// <param name="MadeBy">Null: shipped.</param>
/// <param name="MadeAt">Null: shipped.</param>
public sealed record StoredPolicy(
    int Version, DateOnly ValidFrom, AssessmentPolicy Policy, JsonElement Json, string? Note, string? LegalBasis, string? MadeBy, DateTimeOffset? MadeAt)
{
    /// <summary>What everybody has who has not written one: scores from what is there now.</summary>
    public static readonly StoredPolicy Shipped = Ship();

    /// <summary>The schema of policies, for editors.</summary>
    public static readonly string Schema = Resource("policy.schema.json");

    private static StoredPolicy Ship()
    {
        var json = JsonDocument.Parse(Resource("default-policy.json")).RootElement;
        var policy = PolicyReader.Read(json, hasLegalBasis: false, new PolicyFaults()) ?? throw new InvalidDataException("The shipped policy is faulty.");
        return new StoredPolicy(1, DateOnly.MinValue, policy, json, null, null, null, null);
    }

    private static string Resource(string name)
    {
        using var stream = typeof(StoredPolicy).Assembly.GetManifestResourceStream($"{typeof(StoredPolicy).Namespace}.{name}")
            ?? throw new InvalidOperationException($"{name} is not in the program.");
        return new StreamReader(stream).ReadToEnd();
    }
}
