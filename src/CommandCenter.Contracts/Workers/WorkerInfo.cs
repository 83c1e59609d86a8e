namespace CommandCenter.Contracts.Workers;

/// <summary>What a worker is; values are stored and appear in wall frames.</summary>
public enum WorkerRole
{
    /// <summary>网格长</summary>
    GridLeader = 1,

    /// <summary>网格员</summary>
    GridWorker = 2,

    /// <summary>微网格员</summary>
    Auxiliary = 3,

    /// <summary>应急力量: called up in an emergency</summary>
    Reserve = 4,
}

/// <summary>
/// A worker on the roster. <paramref name="Id"/> is the slot in wall frames; <paramref name="Code"/> the name used everywhere else.
/// <paramref name="Phone"/> is null for the wall role; <paramref name="Role"/> is gridLeader, gridWorker, auxiliary or reserve.
/// <paramref name="Skills"/>: what the worker can do, in words of the district's own.
/// <paramref name="Left"/>, only with <c>leavers=true</c>: since when the worker is no longer on the roster; null while there.
/// </summary>
public sealed record WorkerInfo(
    int Id, string Code, string Name, [property: OneOf(typeof(WorkerRole))] string Role, string Area, string? Phone, bool OnDuty, IReadOnlyList<string> Skills, DateTimeOffset? Left = null);

/// <summary>Body of <c>POST /api/workers</c>.</summary>
public sealed record NewWorker(string Code, string Name, [property: OneOf(typeof(WorkerRole))] string Role, string Area, string? Phone, IReadOnlyList<string>? Skills = null);

/// <summary>Body of <c>PUT /api/workers/{code}</c>: replaces name, role, area and phone, a missing phone being none; missing skills stay as they are.</summary>
public sealed record RosterChange(string? Name, [property: OneOf(typeof(WorkerRole))] string? Role, string? Area, string? Phone, IReadOnlyList<string>? Skills = null);

/// <summary>Body of <c>POST /api/workers/{code}/follow</c>, sent when following starts: why, which the worker can read.</summary>
public sealed record FollowRequest(string? Reason);

/// <summary>Body of <c>POST /api/workers/{code}/duty</c>.</summary>
public sealed record DutyChange([property: System.Text.Json.Serialization.JsonRequired] bool OnDuty);
