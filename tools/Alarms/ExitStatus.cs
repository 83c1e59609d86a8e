namespace CommandCenter.AlarmProof;

/// <summary>What the shell, or a timer that runs this every night, is told.</summary>
internal static class ExitStatus
{
    /// <summary>Everything that was received is stored and was shown, and every ledger holds.</summary>
    public const int Done = 0;
    public const int BadArgument = 1;

    /// <summary>Alarms are not stored or were not shown, or a ledger was changed.</summary>
    public const int NotAccounted = 2;

    /// <summary>The server said no: sign-in, rights, span.</summary>
    public const int Refused = 3;

    public const int NotReachable = 4;
}
