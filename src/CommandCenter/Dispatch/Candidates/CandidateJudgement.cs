using CommandCenter.Contracts.Dispatch;

namespace CommandCenter.Dispatch.Candidates;

/// <summary>Why somebody was passed over; the words are those of <see cref="PassedOver"/>.</summary>
public enum PassedOverFor
{
    None = 0,
    RaisedIt,
    OffDuty,
    LacksSkill,
    NoPosition,
    Lost,
    OldPosition,
    Inaccurate,
    Assigned,
    Refused,
    NoWay,
    LongWay,
    Further,
}

/// <summary>Somebody who can go.</summary>
public sealed record RankedCandidate(CandidateFacts Facts, double Meters, double StraightMeters, double EtaSeconds, double Score, IReadOnlyList<CandidateReason> Reasons);

/// <summary>Somebody who was passed over; <paramref name="Value"/> as the reason has it.</summary>
public readonly record struct PassedOverFact(int Slot, PassedOverFor Reason, double? Value, double? StraightMeters);

/// <summary>The list: candidates in order, those passed over who are worth a word, and how many for each reason.</summary>
public sealed record CandidateRanking(
    bool ByStreets, IReadOnlyList<RankedCandidate> Ranked, IReadOnlyList<PassedOverFact> PassedOver, IReadOnlyDictionary<PassedOverFor, int> Counts);
