using Microsoft.AspNetCore.Http.HttpResults;

namespace CommandCenter.Http;

/// <summary>
/// The refusals that every slice's endpoints share, as problem+json. <c>reason</c> is for machines, <c>detail</c> for people.
/// </summary>
public static class Problems
{
    /// <summary>400; <c>argument</c> names what was wrong and <c>allowed</c> says what would have been right.</summary>
    public static ProblemHttpResult BadArgument(string argument, string allowed) => TypedResults.Problem(
        $"'{argument}' must be {allowed}.",
        statusCode: StatusCodes.Status400BadRequest,
        title: "Bad argument",
        type: "/problems/bad-argument",
        extensions: new Dictionary<string, object?> { ["reason"] = "bad-argument", ["argument"] = argument, ["allowed"] = allowed });

    /// <summary>401.</summary>
    public static ProblemHttpResult Unauthorized(string reason, string detail) =>
        Of(StatusCodes.Status401Unauthorized, "Not signed in", reason, detail);

    /// <summary>
    /// 403 for what lies outside the viewer's area and for what does not exist at all: the same answer, so that codes cannot be probed.
    /// </summary>
    public static ProblemHttpResult OutOfScope(string what) =>
        Of(StatusCodes.Status403Forbidden, "Out of scope", "out-of-scope", $"There is no such {what} in your area.");

    /// <summary>403.</summary>
    public static ProblemHttpResult Forbidden(string reason, string detail) =>
        Of(StatusCodes.Status403Forbidden, "Forbidden", reason, detail);

    /// <summary>404.</summary>
    public static ProblemHttpResult NotFound(string reason, string detail) =>
        Of(StatusCodes.Status404NotFound, "Not found", reason, detail);

    /// <summary>409.</summary>
    public static ProblemHttpResult Conflict(string reason, string detail) =>
        Of(StatusCodes.Status409Conflict, "Conflict", reason, detail);

    /// <summary>410.</summary>
    public static ProblemHttpResult Gone(string reason, string detail) =>
        Of(StatusCodes.Status410Gone, "Gone", reason, detail);

    /// <summary>415.</summary>
    public static ProblemHttpResult UnsupportedMedia(string reason, string detail) =>
        Of(StatusCodes.Status415UnsupportedMediaType, "Unsupported media type", reason, detail);

    /// <summary>429 or 503 with Retry-After in whole seconds, at least 1.</summary>
    public static IResult TryLater(int status, string reason, string detail, TimeSpan after) =>
        new LaterResult(Of(status, "Try again later", reason, detail), (int)Math.Max(1, Math.Ceiling(after.TotalSeconds)));

    private static ProblemHttpResult Of(int status, string title, string reason, string detail) => TypedResults.Problem(
        detail,
        statusCode: status,
        title: title,
        type: $"/problems/{reason}",
        extensions: new Dictionary<string, object?> { ["reason"] = reason });

    private sealed class LaterResult(ProblemHttpResult problem, int seconds) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return problem.ExecuteAsync(httpContext);
        }
    }
}
