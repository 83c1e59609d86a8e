namespace CommandCenter.TrackFiles;

/// <summary>What the shell is told.</summary>
internal static class ExitStatus
{
    /// <summary>All that the files hold is in the center now, or was before.</summary>
    public const int Done = 0;
    public const int BadArgument = 1;

    /// <summary>A file is none of ours, or not as it was made.</summary>
    public const int BadFile = 2;

    /// <summary>The server said no: sign-in, rights, reason.</summary>
    public const int Refused = 3;

    public const int NotReachable = 4;

    /// <summary>Everything that may be is put back; some fixes were refused, as listed.</summary>
    public const int SomeRefused = 5;
}
