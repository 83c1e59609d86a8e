namespace CommandCenter.Access.Kiosks;

/// <summary>What is shown on a paired display. <see cref="ReloadAt"/> is HH:mm of the display's own clock.</summary>
public sealed record KioskDraft(string Name, int AreaId, string Language, string Style, IReadOnlyList<KioskStop> Views, string? ReloadAt)
{
    /// <summary>The account's name: the colon, which no person's name holds, keeps the two apart on the audit trail.</summary>
    public string User => Prefix + Name;

    public const string Prefix = "kiosk:";
}

/// <summary>One view of the round: an area by id, and for how long.</summary>
public readonly record struct KioskStop(int AreaId, int Seconds);

/// <summary>What became of a change.</summary>
public enum KioskOutcome
{
    Done,

    /// <summary>No display shows that code, or not any more.</summary>
    WrongCode,

    /// <summary>Another display that was not revoked has the name.</summary>
    NameTaken,

    /// <summary>There is no such kiosk, or it was revoked.</summary>
    Gone,
}

/// <summary>How a display's pairing stands.</summary>
public enum PairingState
{
    /// <summary>Nobody entered its code yet.</summary>
    Waiting,
    Paired,

    /// <summary>Too old, unknown, or the secret is another's: one answer, so that nothing can be probed.</summary>
    Gone,
}
