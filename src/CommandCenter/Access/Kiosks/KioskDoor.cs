using System.Net;
using CommandCenter.Http;

namespace CommandCenter.Access.Kiosks;

/// <summary>How often one address may ask for a code and look whether it was entered: both come from nobody in particular.</summary>
public sealed class KioskDoor(TimeProvider time)
{
    private readonly StrangerRates _codes = new(Rate.PerMinute(10, 20), time);

    /// <summary>Some dozens of displays behind one router, each looking every two seconds.</summary>
    private readonly StrangerRates _looks = new(Rate.PerSecond(20, 100), time);

    public IResult? RefuseCode(IPAddress? address) => Refuse(_codes.TryTake(address));

    public IResult? RefuseLook(IPAddress? address) => Refuse(_looks.TryTake(address));

    private static IResult? Refuse(TimeSpan wait) => wait > TimeSpan.Zero
        ? Problems.TryLater(StatusCodes.Status429TooManyRequests, "rate-limited", "Too many requests from this address.", wait)
        : null;
}
