namespace CommandCenter.Positions;

/// <summary>Why a report was not kept. <see cref="None"/> means it was. Values are stored; names are the kebab-case of these.</summary>
public enum Refusal : byte
{
    None = 0,
    Malformed = 1,
    NoCoordinates = 2,
    OutOfRange = 3,
    NullIsland = 4,

    /// <summary>More than 60 s ahead of the server.</summary>
    FromTheFuture = 5,

    /// <summary>More than 30 days old.</summary>
    TooOld = 6,

    /// <summary>The worker was off duty then: counted, never stored.</summary>
    OffDuty = 7,

    /// <summary>A gateway's item names no device of its area.</summary>
    UnknownDevice = 8,

    /// <summary>A gateway's item names a device that was revoked.</summary>
    RevokedDevice = 9,

    /// <summary>Past the device's rate: send it again later.</summary>
    RateLimited = 10,
}

public static class RefusalNames
{
    private static readonly string[] Names =
    [
        "none", "malformed", "no-coordinates", "out-of-range", "null-island", "from-the-future", "too-old", "off-duty", "unknown-device",
        "revoked-device", "rate-limited",
    ];

    public static string Name(this Refusal refusal) => Names[(int)refusal];
}
