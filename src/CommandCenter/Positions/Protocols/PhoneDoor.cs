using CommandCenter.Http;
using CommandCenter.Storage;
using CommandCenter.Web;
using CommandCenter.Workers;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
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

    /// <summary>
    /// Maps an endpoint that phones reach with their own credentials. It is left by the short way, before sessions, page headers and files are
    /// asked: those cost more than the fix itself, and have nothing to say about it. Errors are still answered as everywhere.
    /// </summary>
    internal static IEndpointConventionBuilder Map<T>(
        IEndpointRouteBuilder app, string path, string[] methods, Func<T, HttpContext, ValueTask<IResult>> answer)
        where T : class
    {
        var services = app.ServiceProvider;
        var startup = services.GetRequiredService<StartupSteps>();
        var endpoints = new Lazy<T>(() => ActivatorUtilities.CreateInstance<T>(services));
        RequestDelegate handle = HandleAsync;
        return app.MapMethods(path, methods, handle)
            .WithMetadata(
                handle.Method, // by which the API description finds it
                new AllowAnonymousAttribute(),
                new RequireAntiforgeryTokenAttribute(required: false))
            .ShortCircuit();

        async Task HandleAsync(HttpContext context)
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            TraceIds.NameRoute(context);
            if (!startup.Finished)
            {
                await StartupGate.RefuseAsync(context);
                return;
            }

            var result = await answer(endpoints.Value, context);
            await result.ExecuteAsync(context);
        }
    }
}
