using CommandCenter.Storage;

namespace CommandCenter.Web;

/// <summary>
/// Until the startup steps ran, directories are empty and tables may be missing: an enrolled phone would be called unknown. So every endpoint
/// but those marked <see cref="ServesWhileStarting"/> answers 503, and phones and pages come back.
/// </summary>
internal sealed class StartupGate(RequestDelegate next, StartupSteps startup)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (startup.Finished || context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<ServesWhileStarting>() is not null)
        {
            return next(context);
        }

        return RefuseAsync(context);
    }

    /// <summary>For endpoints that are left before this is asked.</summary>
    internal static Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return TypedResults.Problem(
            statusCode: StatusCodes.Status503ServiceUnavailable,
            title: "Starting",
            type: "/problems/starting",
            detail: "The server is starting; /healthz/ready says what it waits for.",
            extensions: new Dictionary<string, object?> { ["reason"] = "starting" }).ExecuteAsync(context);
    }
}
