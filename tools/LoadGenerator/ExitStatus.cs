namespace CommandCenter.LoadGenerator;

/// <summary>What the shell is told.</summary>
internal static class ExitStatus
{
    public const int Done = 0;
    public const int BadArgument = 1;

    /// <summary>The run could not be prepared or broke off.</summary>
    public const int Failed = 2;

    /// <summary>Sent, accepted, stored and shown do not add up: something was lost, doubled or not shown.</summary>
    public const int Mismatch = 3;
}
