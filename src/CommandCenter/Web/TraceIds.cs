using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;

namespace CommandCenter.Web;

/// <summary>What ties a person's error to the log: <c>traceId</c> in every problem, <c>TraceId</c> in the line about it, and the trace where one was recorded.</summary>
internal static class TraceIds
{
    public static string Of(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    /// <summary>The endpoint's pattern and never the path, which holds workers' codes.</summary>
    public static string RouteOf(HttpContext context) =>
        context.Request.Method + " " + (((context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint()) as RouteEndpoint)?.RoutePattern.RawText ?? "(no endpoint)");

    /// <summary>The framework leaves the route out of its activities.</summary>
    public static void NameRoute(HttpContext context)
    {
        if (Activity.Current is { IsAllDataRequested: true } activity && context.GetEndpoint() is RouteEndpoint endpoint)
        {
            activity.SetTag("http.route", endpoint.RoutePattern.RawText);
        }
    }

    public static void Stamp(ProblemDetailsContext problem) => problem.ProblemDetails.Extensions["traceId"] = Of(problem.HttpContext);
}
