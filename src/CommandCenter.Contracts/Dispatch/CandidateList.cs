namespace CommandCenter.Contracts.Dispatch;

/// <summary>Who can go, as answered by <c>GET /api/alarms/{id}/candidates</c>: the best first.</summary>
/// <param name="At">For when it was reckoned.</param>
/// <param name="ByStreets">Along streets; else the straight line times a factor, for want of streets near the place.</param>
/// <param name="Items">With the reasons for their place.</param>
/// <param name="PassedOver">Those nearer than the last of the items, or among the nearest at all, who are not among them: each with why. At most 20.</param>
/// <param name="Counts">Everybody in the viewer's area who was passed over, by why.</param>
/// <param name="Skills">What people on duty in the viewer's area can do, the most frequent first; at most 50.</param>
public sealed record CandidateList(
    DateTimeOffset At, bool ByStreets, IReadOnlyList<Candidate> Items, IReadOnlyList<PassedOver> PassedOver, IReadOnlyList<PassedOverCount> Counts, IReadOnlyList<SkillCount> Skills);

/// <summary>Somebody who can go.</summary>
/// <param name="Worker">Code.</param>
/// <param name="Name">Of the worker.</param>
/// <param name="Role">Of the worker.</param>
/// <param name="Area">Code of the home area.</param>
/// <param name="EtaSeconds">Travel time.</param>
/// <param name="Score">Seconds by which the list is ordered: the travel time and what each reason adds or takes.</param>
/// <param name="Meters">To go.</param>
/// <param name="StraightMeters">As the crow flies.</param>
/// <param name="FixAgeSeconds">Age of the position.</param>
/// <param name="Longitude">Of the position.</param>
/// <param name="Latitude">Of the position.</param>
/// <param name="BatteryPercent">Of the phone; null when it does not say.</param>
/// <param name="Skills">Of the worker.</param>
/// <param name="Reasons">How they travel first, then what else weighs.</param>
public sealed record Candidate(
    string Worker,
    string Name,
    [property: OneOf(typeof(Workers.WorkerRole))] string Role,
    string Area,
    int EtaSeconds,
    int Score,
    int Meters,
    int StraightMeters,
    int FixAgeSeconds,
    double Longitude,
    double Latitude,
    int? BatteryPercent,
    IReadOnlyList<string> Skills,
    IReadOnlyList<CandidateReason> Reasons);

/// <param name="Skill">A word of the district's own.</param>
/// <param name="Count">How many on duty have it.</param>
public sealed record SkillCount(string Skill, int Count);

/// <summary>One reason for a candidate's place.</summary>
/// <param name="Kind">walking or riding (by what the travel time is), onPlace (is there), homeGround (at home in the place's area), oldFix (the position's age), weakSignal (no sign of life for a while), lowBattery, reserve (called up), load (how often they went to alarms of late), detour (much longer than the straight line).</param>
/// <param name="Value">Metres a second, seconds, per cent, times they went, or times the straight line, as the kind has it.</param>
/// <param name="Seconds">What it adds to the score.</param>
public sealed record CandidateReason(
    [property: OneOf("walking", "riding", "onPlace", "homeGround", "oldFix", "weakSignal", "lowBattery", "reserve", "load", "detour")] string Kind, double? Value, int Seconds);

/// <summary>Somebody who was passed over.</summary>
/// <param name="Worker">Code.</param>
/// <param name="Name">Of the worker.</param>
/// <param name="Reason">raisedIt (the alarm is theirs), offDuty, lacksSkill (cannot do what was asked for), noPosition, lost, oldPosition (its age), inaccurate (its radius), assigned (to another or this alarm), refused (said no to this one, or nothing in time), noWay (no way along streets), longWay (metres along streets), further (the list is full).</param>
/// <param name="Value">Seconds or metres, as the reason has it.</param>
/// <param name="StraightMeters">As the crow flies; null without a position.</param>
public sealed record PassedOver(
    string Worker,
    string Name,
    [property: OneOf("raisedIt", "offDuty", "lacksSkill", "noPosition", "lost", "oldPosition", "inaccurate", "assigned", "refused", "noWay", "longWay", "further")] string Reason,
    double? Value,
    int? StraightMeters);

/// <param name="Reason">As in <see cref="PassedOver"/>.</param>
/// <param name="Count">How many.</param>
public sealed record PassedOverCount(
    [property: OneOf("raisedIt", "offDuty", "lacksSkill", "noPosition", "lost", "oldPosition", "inaccurate", "assigned", "refused", "noWay", "longWay", "further")] string Reason, int Count);
