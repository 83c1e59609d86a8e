namespace CommandCenter.Contracts;

/// <summary>One page of a list. <paramref name="Next"/> is the cursor of the following page, null on the last.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
