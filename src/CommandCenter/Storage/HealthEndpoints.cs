namespace CommandCenter.Storage;

/// <summary>What a load balancer and an operator ask: is the process there, and may it be given work.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/healthz").ExcludeFromDescription().WithMetadata(ServesWhileStarting.Mark);
        group.MapGet("/live", () => TypedResults.Ok(new { status = "live" })).AllowAnonymous();
        group.MapGet("/ready", Ready).AllowAnonymous();
    }

    /// <summary>200, or 503 with <c>waitingFor</c>: a reason for each condition that is not met.</summary>
    private static IResult Ready(Readiness readiness, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var waitingFor = readiness.WaitingFor.OrderBy(condition => condition.Key, StringComparer.Ordinal).ToDictionary();
        return waitingFor.Count == 0
            ? TypedResults.Ok(new { status = "ready" })
            : TypedResults.Problem(
                statusCode: StatusCodes.Status503ServiceUnavailable,
                title: "Not ready",
                type: "/problems/not-ready",
                detail: "Waiting for " + string.Join("; ", waitingFor.Select(condition => $"{condition.Key}: {condition.Value}")),
                extensions: new Dictionary<string, object?> { ["reason"] = "not-ready", ["waitingFor"] = waitingFor });
    }
}
