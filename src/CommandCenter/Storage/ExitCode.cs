namespace CommandCenter.Storage;

/// <summary>What the server's exit status means. Operators script against these numbers: never renumber.</summary>
public enum ExitCode
{
    /// <summary>Stopped as asked.</summary>
    Stopped = 0,

    /// <summary>A bug or a broken machine; the log says more.</summary>
    Failed = 1,

    /// <summary>An unknown option or a setting that makes no sense.</summary>
    Usage = 2,

    /// <summary>The data folder or the database was made by a newer version.</summary>
    NewerData = 3,

    /// <summary>The address to listen on is in use.</summary>
    PortInUse = 4,

    /// <summary>A program that the server needs is not installed or cannot run here.</summary>
    MissingTool = 5,

    /// <summary>Another server uses the data folder.</summary>
    DataFolderInUse = 6,

    /// <summary>A demo's data folder without demo mode, or the reverse.</summary>
    OtherMode = 7,
}

/// <summary>The server cannot start, for a reason that its operator can mend: one sentence for the terminal and an exit status.</summary>
public sealed class StartupRefusedException(ExitCode code, string sentence, Exception? inner = null) : Exception(sentence, inner)
{
    public ExitCode Code { get; } = code;
}
