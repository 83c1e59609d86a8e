namespace CommandCenter.LoadGenerator.Runs;

/// <summary>
/// Sent = accepted = stored = shown. What was answered 503 or not at all may be stored or not, and must not be missed or doubled beyond that;
/// what is refused is neither.
/// </summary>
internal sealed record Reconciliation
{
    public long Sent { get; init; }

    public long Accepted { get; init; }

    public long Refused { get; init; }

    public long Uncertain { get; init; }

    /// <summary>Null: PostgreSQL was not asked.</summary>
    public long? Stored { get; init; }

    /// <summary>Pairs of a wall and a worker whose newest accepted fix was looked for there.</summary>
    public long LookedFor { get; init; }

    /// <summary>Of those, where the wall shows another one, or none.</summary>
    public long NotShown { get; init; }

    public IReadOnlyDictionary<string, long> RefusedByReason { get; init; } = new Dictionary<string, long>();

    /// <summary>What does not add up, for people; empty when all does.</summary>
    public IReadOnlyList<string> Mismatches()
    {
        var found = new List<string>();
        if (Sent != Accepted + Refused + Uncertain)
        {
            found.Add($"{Sent} were sent, but {Accepted} accepted, {Refused} refused and {Uncertain} left open make {Accepted + Refused + Uncertain}");
        }

        if (Refused > 0)
        {
            found.Add($"{Refused} good fixes were refused: {string.Join(", ", RefusedByReason.Select(r => $"{r.Key} {r.Value}"))}");
        }

        if (Stored < Accepted)
        {
            found.Add($"{Accepted - Stored} accepted fixes are not stored");
        }

        if (Stored > Accepted + Uncertain)
        {
            found.Add($"{Stored - Accepted - Uncertain} fixes are stored that were never accepted, or twice");
        }

        if (NotShown > 0)
        {
            found.Add($"{NotShown} of {LookedFor} newest fixes are not what their wall shows");
        }

        return found;
    }
}
