using CommandCenter.Contracts.Wall;

namespace CommandCenter.Positions.Live;

/// <summary>What a fix of a worker needs of his row, side by side: with millions of workers each row of each column is a wait for memory.</summary>
internal struct PictureRow
{
    /// <summary>When anything was last received from the worker, ms since 1970 UTC.</summary>
    public long HeardMs;

    /// <summary>
    /// <see cref="OnDuty"/> is known for times from here to before <see cref="DutyUntilMs"/>, ms since 1970 UTC; equal: it must be asked of
    /// the roster.
    /// </summary>
    public long DutyFromMs;
    public long DutyUntilMs;
    public Sight Sight;
    public bool OnDuty;
    public byte NewestCount;

    /// <summary>Which of the newest fixes is shown; -1 for none.</summary>
    public sbyte Marker;
    public Presence Presence;
}
