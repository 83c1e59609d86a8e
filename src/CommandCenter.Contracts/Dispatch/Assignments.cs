namespace CommandCenter.Contracts.Dispatch;

/// <summary>Body of <c>POST /api/assignments</c>: sends one worker or several as a team. All or none: who cannot be sent is named in the refusal.</summary>
/// <param name="Id">A UUID that the page makes, so that a retry sends nobody twice.</param>
/// <param name="Alarm">Its id.</param>
/// <param name="Workers">Codes, 1 to 20.</param>
/// <param name="Note">For those who are sent; at most 500 characters.</param>
public sealed record NewAssignment(string? Id, string? Alarm, IReadOnlyList<string>? Workers, string? Note = null);

/// <summary>
/// Body of <c>POST /api/assignments/{id}/state</c>, by a dispatcher or with the user and password of the worker's device (Basic). States in between are set
/// with it: who is on scene was en route.
/// </summary>
/// <param name="State">accepted 签收, declined, enRoute 途中, onScene 到场, handling 处置, cleared 完成; cancelled by a dispatcher only.</param>
/// <param name="Note">At most 500 characters.</param>
public sealed record AssignmentChange(
    [property: OneOf("accepted", "declined", "enRoute", "onScene", "handling", "cleared", "cancelled")] string? State, string? Note = null);

/// <summary>Somebody sent to an alarm, as it stands. Who has no open one is 待命, available.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Team">The id of the request that sent them together.</param>
/// <param name="Alarm">Its id.</param>
/// <param name="Worker">Code; empty when that person was erased: that somebody was sent stays.</param>
/// <param name="Name">Null for a stranger.</param>
/// <param name="State">dispatched 已派 (offered, no answer yet) and on; noAnswer: not answered in time.</param>
/// <param name="SentBy">User name.</param>
/// <param name="SentAt">When.</param>
/// <param name="AnswerBy">Until when an answer is waited for; null once there is one.</param>
/// <param name="ChangedAt">Of the state.</param>
/// <param name="Note">Of who sent them.</param>
/// <param name="Meters">Still to go, as the crow flies; null where it is not known.</param>
/// <param name="EtaSeconds">Travel time from the newest position; null where it is not known or they are there.</param>
/// <param name="ArrivalSeen">The newest position lies at the place, though nobody has said so.</param>
/// <param name="Steps">All that happened, in order.</param>
public sealed record AssignmentInfo(
    string Id,
    string Team,
    string Alarm,
    string Worker,
    string? Name,
    [property: OneOf("dispatched", "accepted", "enRoute", "onScene", "handling", "cleared", "declined", "noAnswer", "cancelled")] string State,
    string SentBy,
    DateTimeOffset SentAt,
    DateTimeOffset? AnswerBy,
    DateTimeOffset ChangedAt,
    string? Note,
    int? Meters,
    int? EtaSeconds,
    bool ArrivalSeen,
    IReadOnlyList<AssignmentStep> Steps);

/// <summary>One step of an assignment.</summary>
/// <param name="State">As in <see cref="AssignmentInfo"/>.</param>
/// <param name="At">By the server's clock.</param>
/// <param name="By">User name; the worker's code where the phone said it; null where the center did.</param>
/// <param name="Implied">Set along with a later one.</param>
/// <param name="Note">Of who set it.</param>
public sealed record AssignmentStep(
    [property: OneOf("dispatched", "accepted", "enRoute", "onScene", "handling", "cleared", "declined", "noAnswer", "cancelled")] string State,
    DateTimeOffset At,
    string? By,
    bool Implied,
    string? Note);
