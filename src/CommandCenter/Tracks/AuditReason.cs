using Microsoft.AspNetCore.Http.HttpResults;

namespace CommandCenter.Tracks;

/// <summary>Why somebody reads a person's track, as the trail and the worker will see it. <paramref name="Case"/>: a case's number, where there is one.</summary>
public sealed record AuditReason(string Text, string? Case)
{
    public const int MaxLength = 200;
    public const int MaxCaseLength = 60;

    /// <summary>UTF-8, or percent-encoded: a browser's fetch sends nothing but Latin-1 in a header.</summary>
    public const string Header = "X-Audit-Reason";

    public const string CaseHeader = "X-Audit-Case";

    /// <summary>The one line that is written down.</summary>
    public string OnTrail => Case is null ? Text : $"{Text} [{Case}]";

    /// <summary>For a hub, and for whatever else has the words already. <paramref name="fault"/> names what is wrong when null is returned.</summary>
    public static AuditReason? From(string? reason, string? caseNumber, out AuditReasonFault fault)
    {
        var text = reason?.Trim();
        var number = string.IsNullOrWhiteSpace(caseNumber) ? null : caseNumber.Trim();
        fault = string.IsNullOrEmpty(text) ? AuditReasonFault.Missing
            : text.Length > MaxLength || text.Any(char.IsControl) ? AuditReasonFault.Reason
            : number is not null && (number.Length > MaxCaseLength || number.Any(char.IsControl)) ? AuditReasonFault.Case
            : AuditReasonFault.None;
        return fault == AuditReasonFault.None ? new AuditReason(text!, number) : null;
    }

    /// <summary>From the headers, or from <c>reason=</c> and <c>case=</c>. Null: answer with <paramref name="problem"/>, 428 or 400.</summary>
    public static AuditReason? From(HttpRequest request, out ProblemHttpResult? problem)
    {
        var found = From(Word(request, Header, "reason"), Word(request, CaseHeader, "case"), out var fault);
        problem = fault switch
        {
            AuditReasonFault.None => null,
            AuditReasonFault.Missing => Refuse(
                StatusCodes.Status428PreconditionRequired,
                "Reason required",
                "reason-required",
                $"Reading a person's track needs a reason, which the worker will see: header {Header} or argument 'reason', 1 to {MaxLength} characters."),
            AuditReasonFault.Reason => Refuse(
                StatusCodes.Status400BadRequest, "Bad argument", "bad-argument", $"'reason' must be a text of 1 to {MaxLength} characters.", "reason"),
            _ => Refuse(StatusCodes.Status400BadRequest, "Bad argument", "bad-argument", $"'case' must be a text of at most {MaxCaseLength} characters.", "case"),
        };
        return found;
    }

    private static string? Word(HttpRequest request, string header, string argument) =>
        request.Headers[header].ToString() is { Length: > 0 } said ? Uri.UnescapeDataString(said) : request.Query[argument].ToString();

    private static ProblemHttpResult Refuse(int status, string title, string reason, string detail, string? argument = null)
    {
        var extensions = new Dictionary<string, object?> { ["reason"] = reason };
        if (argument is not null)
        {
            extensions["argument"] = argument;
        }

        return TypedResults.Problem(detail, statusCode: status, title: title, type: $"/problems/{reason}", extensions: extensions);
    }
}

/// <summary>What is wrong with a reason.</summary>
public enum AuditReasonFault
{
    None,
    Missing,
    Reason,
    Case,
}
