namespace CommandCenter.Phones;

/// <summary>How one try to upload ended.</summary>
public enum UploadResult
{
    /// <summary>Nothing waits.</summary>
    Idle,

    /// <summary>The server judged the fixes; they are done with.</summary>
    Delivered,

    /// <summary>The server asks for patience (429, or some reports of a batch rate-limited).</summary>
    Slowed,

    /// <summary>The server is out of reach or cannot store now (no connection, time-out, 5xx).</summary>
    Away,

    /// <summary>The server does not know this phone, or has revoked it (401, 403).</summary>
    NotKnown,

    /// <summary>What answers is not this server (404, or an answer that is none of the protocol's).</summary>
    Strange,
}

/// <param name="Result">What happened.</param>
/// <param name="WaitFor">How long to wait before the next try; zero when there is no reason to wait.</param>
/// <param name="Trouble">For people: what went wrong.</param>
public readonly record struct UploadOutcome(UploadResult Result, TimeSpan WaitFor, string? Trouble)
{
    public static readonly UploadOutcome Idle = new(UploadResult.Idle, TimeSpan.Zero, null);

    public static readonly UploadOutcome Delivered = new(UploadResult.Delivered, TimeSpan.Zero, null);
}
