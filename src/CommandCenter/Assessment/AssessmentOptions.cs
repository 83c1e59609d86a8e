using System.ComponentModel.DataAnnotations;

namespace CommandCenter.Assessment;

/// <summary>Section <c>Assessment</c>: who sees boards, and how long scores are kept. See docs/assessment.md.</summary>
public sealed class AssessmentOptions
{
    public const string Section = "Assessment";

    /// <summary>Boards of the best, by month, quarter and year. Off: nobody is ranked in public.</summary>
    public bool Boards { get; set; }

    /// <summary>After each lot of workers the reckoning rests so many times as long as it took, so that the live path has the machine; 0: not at all.</summary>
    [Range(0, 10)]
    public double RestShare { get; set; } = 1;

    /// <summary>Days for which the evidence behind scores (squares, days, times) is kept after a period has ended.</summary>
    [Range(31, 3_650)]
    public int EvidenceDays { get; set; } = 400;

    /// <summary>Days for which scores, appeals and exclusions are kept after a period has ended.</summary>
    [Range(366, 36_500)]
    public int KeepDays { get; set; } = 1_100;
}
