using Microsoft.AspNetCore.Diagnostics;

namespace CommandCenter.Web;

/// <summary>A bug: a plain 500 that tells nothing but how to find the line in the log that tells all.</summary>
internal sealed partial class FailureHandler(IProblemDetailsService problems, ILogger<FailureHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is BadHttpRequestException)
        {
            return false; // the framework answers with its status
        }

        LogFailed(TraceIds.RouteOf(context), TraceIds.Of(context), exception);
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails =
            {
                Status = StatusCodes.Status500InternalServerError,
                Title = "The server failed",
                Type = "/problems/failed",
                Detail = "This is a fault of the server. An administrator finds it in the log by this answer's traceId.",
                Extensions = { ["reason"] = "failed" },
            },
        });
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Route} failed (trace {TraceId})")]
    private partial void LogFailed(string route, string traceId, Exception exception);
}
