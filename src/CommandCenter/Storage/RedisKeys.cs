namespace CommandCenter.Storage;

/// <summary>Every key and channel the server uses in Redis. A partition's keys share a hash tag, so that they stay together on a cluster.</summary>
public static class RedisKeys
{
    /// <summary>Stream of appended batches: field <c>b</c> holds one encoded batch.</summary>
    public static string PositionLog(int partition) => $"cc:{{p{partition}}}:log";

    /// <summary>Hash of the live picture's checkpoint: one field a chunk of slots.</summary>
    public static string PictureCheckpoint(int partition) => $"cc:{{p{partition}}}:picture";

    /// <summary>Held by the node that writes a partition's tracks.</summary>
    public static string TrackWriterLease(int partition) => $"cc:{{p{partition}}}:writer";

    /// <summary>Held by the node that folds pieces of tracks into segments.</summary>
    public const string TrackFolderLease = "cc:{tracks}:folder";

    /// <summary>Held by the node that writes a partition's checkpoint.</summary>
    public static string CheckpointLease(int partition) => $"cc:{{p{partition}}}:checkpointer";

    /// <summary>Held by the node that sums up workers' days.</summary>
    public const string TrackDaysLease = "cc:{days}:summer";

    /// <summary>Held by the node that lets old tracks go.</summary>
    public const string TrackKeeperLease = "cc:{tracks}:keeper";

    /// <summary>Stream of log entries that could not be decoded, set aside.</summary>
    public static string PoisonedEntries(int partition) => $"cc:{{p{partition}}}:poisoned";

    /// <summary>Stream of audit rows written while PostgreSQL was away: field <c>r</c> holds one row as JSON.</summary>
    public const string AuditSpool = "cc:{audit}:spool";

    /// <summary>Stream of spooled rows that can never be written, set aside.</summary>
    public const string PoisonedAudit = "cc:{audit}:poisoned";

    /// <summary>Stream of all alarms' steps: field <c>e</c> holds one event as JSON.</summary>
    public const string AlarmLog = "cc:{alarms}:log";

    /// <summary>Channel that wakes the readers of the alarms' log; it carries nothing, for they read the log.</summary>
    public const string AlarmWake = "cc:{alarms}:wake";

    /// <summary>Sorted set of escalations to come: alarm and level, by when they are due, ms since 1970 UTC.</summary>
    public const string AlarmsDue = "cc:{alarms}:due";

    /// <summary>Stream of the alarms' log entries that are no event, set aside.</summary>
    public const string PoisonedAlarms = "cc:{alarms}:poisoned";
}
