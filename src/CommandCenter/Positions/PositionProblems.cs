using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace CommandCenter.Positions;

/// <summary>The only errors a phone is given, each as problem+json with a machine-readable <c>reason</c>.</summary>
internal static class PositionProblems
{
    public static IResult UnknownDevice(string? challenge = null) => new PositionProblem(
        StatusCodes.Status401Unauthorized, "unknown-device", "No enrolled device has these credentials.", Challenge: challenge);

    public static IResult RevokedDevice() => new PositionProblem(
        StatusCodes.Status403Forbidden, "revoked-device", "This device was revoked; have it enrolled again.");

    public static IResult TooLarge(string what, long most, string unit) => new PositionProblem(
        StatusCodes.Status413PayloadTooLarge, "too-large", string.Create(CultureInfo.InvariantCulture, $"The {what} is larger than {most} {unit}."));

    public static IResult TooFast(TimeSpan wait) => new PositionProblem(
        StatusCodes.Status429TooManyRequests, "rate-limited", "Too many requests; send this again later.", wait);

    public static IResult Unavailable(TimeSpan wait) => new PositionProblem(
        StatusCodes.Status503ServiceUnavailable, "unavailable", "Nothing can be stored right now; send this again later.", wait);

    public static IResult Unreadable(string detail) => new PositionProblem(StatusCodes.Status400BadRequest, "malformed", detail);

    public static IResult UnknownContentType() => new PositionProblem(
        StatusCodes.Status415UnsupportedMediaType, "content-type", "Send application/json or application/x-msgpack.");
}

internal sealed record PositionProblem(int Status, string Reason, string Detail, TimeSpan? RetryAfter = null, string? Challenge = null) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.RequestServices.GetRequiredService<PositionMetrics>().TurnedAway(Status);
        if (RetryAfter is { } wait)
        {
            httpContext.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (Challenge is not null)
        {
            httpContext.Response.Headers.WWWAuthenticate = Challenge;
        }

        var problem = new ProblemDetails { Status = Status, Detail = Detail, Type = $"/problems/{Reason}", Extensions = { ["reason"] = Reason } };
        return Results.Problem(problem).ExecuteAsync(httpContext);
    }
}
