using CommandCenter.Workers;
using Microsoft.Extensions.Options;

namespace CommandCenter.Positions.Protocols;

/// <summary>
/// <c>GET|POST /osmand</c>: Traccar Client 7–10, OsmAnd and whatever else speaks their protocol. A bad fix of an enrolled phone is
/// answered 200 and counted, because the apps send the oldest position again until it is taken.
/// </summary>
public static class OsmandEndpoints
{
    public const string Path = "/osmand";

    public static void Map(IEndpointRouteBuilder app) => PhoneDoor.Open(
        app.MapMethods(Path, [HttpMethods.Get, HttpMethods.Post], HandleAsync).WithTags("Phones").WithName("Osmand").WithSummary(
            "OsmAnd protocol: query, form, or the JSON of Traccar Client 9 and 10."));

    private static async Task<IResult> HandleAsync(
        HttpContext context, DeviceDirectory devices, PhoneDoor door, DeviceReports line, IOptions<PositionOptions> options, CancellationToken cancellationToken)
    {
        var limits = options.Value;
        if (await RequestBody.ReadAsync(context.Request, limits.MaxPhoneBodyBytes, cancellationToken) is not { } body)
        {
            return PositionProblems.TooLarge("body", limits.MaxPhoneBodyBytes, "bytes");
        }

        var request = OsmandRequest.Read(context.Request.QueryString.Value, context.Request.ContentType, body);
        var sender = request.Id is { } id ? await devices.FindByOsmandIdAsync(id, cancellationToken) : DeviceLookup.Unknown;
        if (door.Refuse(context, sender.Status) is { } refusal)
        {
            return refusal;
        }

        if (request.Reports.Count > limits.MaxBatchReports)
        {
            return PositionProblems.TooLarge("array", limits.MaxBatchReports, "reports");
        }

        var submission = await line.SubmitAsync(sender.Device!, [.. request.Reports], "osmand", cancellationToken);
        return PhoneDoor.Refuse(submission) ?? PhoneAnswer.Empty;
    }
}
