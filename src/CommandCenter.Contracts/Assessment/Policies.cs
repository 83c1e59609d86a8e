using System.Text.Json;

namespace CommandCenter.Contracts.Assessment;

/// <summary>All versions of the assessment policy, newest first, as answered by <c>GET /api/assessment/policies</c>.</summary>
/// <param name="Items">The last one is the shipped one.</param>
/// <param name="Indicators">Ids that a policy may have.</param>
/// <param name="NeedLegalBasis">Those of them that weigh nothing without a recorded legal basis.</param>
/// <param name="MayChange">Whether the viewer may make a new version.</param>
public sealed record AssessmentPolicies(IReadOnlyList<AssessmentPolicyInfo> Items, IReadOnlyList<string> Indicators, IReadOnlyList<string> NeedLegalBasis, bool MayChange);

/// <param name="Version">Counts up; 1 is the shipped one.</param>
/// <param name="ValidFrom">For periods that begin on this day or later, such as 2026-12-01; null: from the beginning.</param>
/// <param name="InForce">Whether it is what a period that begins today would be assessed by.</param>
/// <param name="Policy">As docs/assessment.md says.</param>
/// <param name="Note">Why it was changed.</param>
/// <param name="LegalBasis">Why hours and mileage may count.</param>
/// <param name="MadeBy">Null: shipped.</param>
/// <param name="MadeAt">Null: shipped.</param>
public sealed record AssessmentPolicyInfo(
    int Version, string? ValidFrom, bool InForce, JsonElement Policy, string? Note, string? LegalBasis, string? MadeBy, DateTimeOffset? MadeAt);

/// <summary>A new version, as sent with <c>PUT /api/assessment/policies</c>.</summary>
/// <param name="After">The newest version that its writer knew: whoever was faster is not overwritten.</param>
/// <param name="ValidFrom">A day from today on, such as 2026-12-01.</param>
/// <param name="Policy">As docs/assessment.md says.</param>
/// <param name="Note">Why; at most 500 characters.</param>
/// <param name="LegalBasis">Which law or agreement lets hours and mileage count; 10 to 500 characters.</param>
public sealed record NewAssessmentPolicy(int? After, string? ValidFrom, JsonElement? Policy, string? Note, string? LegalBasis);

/// <summary>What is checked by <c>POST /api/assessment/policies/check</c>.</summary>
public sealed record CheckedAssessmentPolicy(JsonElement? Policy, string? LegalBasis);

/// <summary>What is asked of <c>POST /api/assessment/policies/preview</c>.</summary>
/// <param name="Policy">That nobody has stored.</param>
/// <param name="LegalBasis">As in <see cref="NewAssessmentPolicy"/>.</param>
/// <param name="Period"><c>week</c>, <c>month</c> or <c>quarter</c>.</param>
/// <param name="Starts">Any day of the period.</param>
/// <param name="Subject"><c>worker</c> when missing.</param>
public sealed record AskedPolicyPreview(JsonElement? Policy, string? LegalBasis, string? Period, string? Starts, string? Subject);

/// <summary>What a past period would have come to.</summary>
/// <param name="Period">As asked.</param>
/// <param name="Starts">Its first day.</param>
/// <param name="Ends">The day after its last.</param>
/// <param name="Before">By the policy it was assessed by.</param>
/// <param name="After">By the one that is looked at.</param>
/// <param name="Items">Subjects in the viewer's area with the largest change first; at most 500.</param>
/// <param name="Subjects">How many there are.</param>
public sealed record PolicyPreview(string Period, string Starts, string Ends, PreviewSide Before, PreviewSide After, IReadOnlyList<PreviewItem> Items, int Subjects);

/// <param name="Scored">With a total.</param>
/// <param name="Mean">Of their totals; null: none has one.</param>
/// <param name="Bands">How many by band.</param>
public sealed record PreviewSide(int Scored, double? Mean, IReadOnlyDictionary<string, int> Bands);

/// <param name="Subject">Its code.</param>
/// <param name="Name">Null: nobody of that code is there any more.</param>
/// <param name="Before">Null: without a total.</param>
/// <param name="BandBefore">Null: without a total.</param>
/// <param name="After">Null: without a total.</param>
/// <param name="BandAfter">Null: without a total.</param>
public sealed record PreviewItem(string Subject, string? Name, double? Before, string? BandBefore, double? After, string? BandAfter);
