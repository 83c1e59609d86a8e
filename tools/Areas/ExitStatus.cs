namespace CommandCenter.AreaFiles;

/// <summary>What the shell is told.</summary>
internal static class ExitStatus
{
    public const int Done = 0;
    public const int BadArgument = 1;

    /// <summary>The file has errors; nothing was stored.</summary>
    public const int FileHasErrors = 2;

    /// <summary>The server said no: sign-in, rights, or a file it does not read at all.</summary>
    public const int Refused = 3;

    public const int NotReachable = 4;

    /// <summary>The person said no to the preview.</summary>
    public const int Declined = 5;
}
