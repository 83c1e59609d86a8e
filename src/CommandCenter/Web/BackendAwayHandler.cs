using System.Globalization;
using CommandCenter.Storage;
using Microsoft.AspNetCore.Diagnostics;

namespace CommandCenter.Web;

/// <summary>A backend that is away is no bug: 503 with Retry-After and a reason, wherever it was noticed. Everything else is a plain 500.</summary>
internal sealed partial class BackendAwayHandler(IProblemDetailsService problems, ILogger<BackendAwayHandler> logger) : IExceptionHandler
{
    private const int RetryAfterSeconds = 2;

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        var backend = BackendAway.NameOf(exception);
        if (backend is null)
        {
            return false;
        }

        LogAway(backend, TraceIds.RouteOf(context), TraceIds.Of(context), exception.Message);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails =
            {
                Status = StatusCodes.Status503ServiceUnavailable,
                Title = "A backend is away",
                Type = "/problems/backend-away",
                Detail = $"The server's {backend} cannot be reached; try again in {RetryAfterSeconds} s.",
                Extensions = { ["reason"] = "backend-away" },
            },
        });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Backend} is away, {Route} was answered 503 (trace {TraceId}): {Error}")]
    private partial void LogAway(string backend, string route, string traceId, string error);
}
