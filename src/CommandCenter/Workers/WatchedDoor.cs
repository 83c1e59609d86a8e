using CommandCenter.Http;

namespace CommandCenter.Workers;

/// <summary>Who may read the worker's own view: whoever holds one of the worker's devices, not too often; strangers less.</summary>
public sealed class WatchedDoor(TimeProvider time)
{
    private const string Challenge = "Basic realm=\"CommandCenter\", charset=\"UTF-8\"";
    private static readonly TimeSpan AwayFor = TimeSpan.FromSeconds(2);

    private readonly StrangerRates _strangers = new(Rate.PerMinute(20, 20), time);
    private readonly StrangerRates _devices = new(Rate.PerMinute(30, 30), time);

    /// <summary>Null for an enrolled device; otherwise what to answer. A known device is never held up by others behind its address.</summary>
    public IResult? Refuse(HttpContext context, DeviceLookup sender)
    {
        if (sender.Status == LookupStatus.Unavailable)
        {
            return Problems.TryLater(
                StatusCodes.Status503ServiceUnavailable, "backend-away", "The server cannot look the device up now.", AwayFor);
        }

        var wait = sender.Status == LookupStatus.Found
            ? _devices.TryTake((ulong)sender.Device!.Id)
            : _strangers.TryTake(context.Connection.RemoteIpAddress);
        if (wait > TimeSpan.Zero)
        {
            return Problems.TryLater(StatusCodes.Status429TooManyRequests, "rate-limited", "Too many requests: wait a little.", wait);
        }

        switch (sender.Status)
        {
            case LookupStatus.Found:
                return null;
            case LookupStatus.Revoked:
                return Problems.Forbidden("revoked-device", "This device was revoked; have it enrolled again.");
            default:
                context.Response.Headers.WWWAuthenticate = Challenge;
                return Problems.Unauthorized("unknown-device", "No enrolled device has these credentials.");
        }
    }
}
