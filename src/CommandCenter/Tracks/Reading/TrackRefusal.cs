using CommandCenter.Http;

namespace CommandCenter.Tracks.Reading;

/// <summary>Why tracks are not told: the number is HTTP's and the hub's alike, <paramref name="Reason"/> is for machines, <paramref name="Detail"/> for people.</summary>
public sealed record TrackRefusal(int Status, string Reason, string Detail)
{
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(2);

    public static TrackRefusal Bad(string detail) => new(StatusCodes.Status400BadRequest, "bad-argument", detail);

    public static TrackRefusal TooMuch(string detail) => new(StatusCodes.Status400BadRequest, "too-much", detail);

    /// <summary>The same answer for what lies elsewhere and for what does not exist, so that codes cannot be probed.</summary>
    public static TrackRefusal OutOfScope(string what) => new(StatusCodes.Status403Forbidden, "out-of-scope", $"There is no such {what} in your area.");

    public static readonly TrackRefusal NoReason = new(
        StatusCodes.Status428PreconditionRequired,
        "reason-needed",
        "Looking at tracks needs a reason, which the worker can read: send the header X-Audit-Reason or the argument 'reason' (1 to 200 characters).");

    public static TrackRefusal Busy(int most) => new(
        StatusCodes.Status429TooManyRequests, "too-many-readers", $"This server answers {most} such requests at once and has them: try again in a moment.");

    public IResult ToResult() => Status == StatusCodes.Status429TooManyRequests
        ? Problems.TryLater(Status, Reason, Detail, Later)
        : TypedResults.Problem(
            Detail,
            statusCode: Status,
            title: Status switch
            {
                StatusCodes.Status403Forbidden => "Out of scope",
                StatusCodes.Status428PreconditionRequired => "A reason is needed",
                _ => "Bad argument",
            },
            type: $"/problems/{Reason}",
            extensions: new Dictionary<string, object?> { ["reason"] = Reason });
}
