namespace CommandCenter.Positions.Batch;

/// <summary>One item of a batch as it was read; what could not be read is in the report's <see cref="PositionReport.Malformed"/>.</summary>
/// <param name="Device">The device's user name, needed with a gateway's credentials.</param>
public readonly record struct BatchItem(string? Device, PositionReport Report)
{
    public static BatchItem Malformed(string why) => new(null, new PositionReport { Malformed = why });
}

/// <summary>A batch as it was read: items, or why it is none.</summary>
/// <param name="Error">Where the body stops making sense; no item of such a body is kept.</param>
/// <param name="TooMany">More items than allowed; reading stopped there.</param>
public sealed record BatchBody(IReadOnlyList<BatchItem> Items, string? Error = null, bool TooMany = false)
{
    public static BatchBody Unreadable(string error) => new([], error);
}
