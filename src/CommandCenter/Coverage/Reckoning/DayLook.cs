namespace CommandCenter.Coverage.Reckoning;

/// <summary>What a day was reckoned of when it was last, beside what it would be reckoned of now. Pure.</summary>
/// <param name="Rules">Number of the rules in force.</param>
/// <param name="Newest">By worker, a number for what the log holds of the day.</param>
/// <param name="Known">By worker, the number that was reckoned.</param>
internal sealed record DayLook(long Rules, IReadOnlyDictionary<int, long> Newest, IReadOnlyDictionary<int, long> Known)
{
    /// <summary>Of whom there is anything.</summary>
    public int Workers { get; init; }

    /// <summary>Whose days are to be reckoned, ascending.</summary>
    public int[] Changed { get; init; } = [];

    /// <summary>Null: there is nothing of theirs.</summary>
    public long? InputOf(int worker, DayInputs inputs)
    {
        var (stored, newest) = (inputs.Stored.TryGetValue(worker, out var s), Newest.TryGetValue(worker, out var n));
        return stored || newest ? s ^ n ^ Rules ^ inputs.ErasedUntilMs.GetValueOrDefault(worker) : null;
    }

    /// <summary>Other than was reckoned; but of whom part was let go, what is known stays, and who is erased is not reckoned again.</summary>
    public bool IsDue(int worker, DayInputs inputs) =>
        !inputs.IsErased(worker) && InputOf(worker, inputs) is { } input && (!Known.TryGetValue(worker, out var known) || (known != input && !inputs.LetGo.Contains(worker)));
}
