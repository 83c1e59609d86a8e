using CommandCenter.Http;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;

namespace CommandCenter.Positions.Protocols;

/// <summary>
/// What the protocols share: who may come in, and how a submission is answered. An enrolled device is looked up before its address is
/// held against it, so that strangers behind the same address cannot silence it.
/// </summary>
public sealed class PhoneDoor(StrangerRates strangers, IOptions<PositionOptions> options)
{
    /// <summary>Null for a known device or gateway; otherwise what to answer.</summary>
    public IResult? Refuse(HttpContext context, LookupStatus status, string? challenge = null)
    {
        if (status == LookupStatus.Found)
        {
            return null;
        }

        if (status == LookupStatus.Unavailable)
        {
            return PositionProblems.Unavailable(TimeSpan.FromSeconds(options.Value.RetryAfterSeconds));
        }

        var wait = strangers.TryTake(context.Connection.RemoteIpAddress);
        return wait > TimeSpan.Zero ? PositionProblems.TooFast(wait)
            : status == LookupStatus.Revoked ? PositionProblems.RevokedDevice()
            : PositionProblems.UnknownDevice(challenge);
    }

    /// <summary>Null when the reports were taken, whatever their verdicts; otherwise when to send them again.</summary>
    public static IResult? Refuse(in Submission submission) => submission.Outcome switch
    {
        SubmissionOutcome.TooFast => PositionProblems.TooFast(submission.Wait),
        SubmissionOutcome.Unavailable => PositionProblems.Unavailable(submission.Wait),
        _ => null,
    };

    /// <summary>Marks an endpoint as one that phones reach with their own credentials: no session, no anti-forgery, nothing cached.</summary>
    public static void Open(IEndpointConventionBuilder endpoint) => endpoint
        .WithMetadata(new Microsoft.AspNetCore.Authorization.AllowAnonymousAttribute())
        .WithMetadata(new Microsoft.AspNetCore.Antiforgery.RequireAntiforgeryTokenAttribute(required: false));
}
