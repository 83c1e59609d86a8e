using System.Runtime.CompilerServices;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;

namespace CommandCenter.Positions.Protocols;

/// <summary>
/// <c>GET|POST /osmand</c>: Traccar Client 7–10, OsmAnd and whatever else speaks their protocol. A bad fix of an enrolled phone is
/// answered 200 and counted, because the apps send the oldest position again until it is taken.
/// </summary>
public sealed class OsmandEndpoints(DeviceDirectory devices, PhoneDoor door, DeviceReports line, IOptions<PositionOptions> options)
{
    public const string Path = "/osmand";

    public static void Map(IEndpointRouteBuilder app) => PhoneDoor.Map<OsmandEndpoints>(
        app, Path, [HttpMethods.Get, HttpMethods.Post], (endpoints, context) => endpoints.AnswerAsync(context))
        .WithTags("Phones")
        .WithName("Osmand")
        .WithSummary("OsmAnd protocol: query, form, or the JSON of Traccar Client 9 and 10.");

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<IResult> AnswerAsync(HttpContext context)
    {
        var limits = options.Value;
        if (await RequestBody.ReadAsync(context.Request, limits.MaxPhoneBodyBytes, default) is not { } body)
        {
            return PositionProblems.TooLarge("body", limits.MaxPhoneBodyBytes, "bytes");
        }

        using var reports = Read(context.Request, body, out var named, out var id);
        var sender = named ? await devices.FindByOsmandIdAsync(id, default) : DeviceLookup.Unknown;
        if (door.Refuse(context, sender.Status) is { } refusal)
        {
            return refusal;
        }

        if (reports.Memory.Length > limits.MaxBatchReports)
        {
            return PositionProblems.TooLarge("array", limits.MaxBatchReports, "reports");
        }

        return PhoneDoor.Refuse(await line.SubmitAsync(sender.Device!, reports.Memory, "osmand", default)) ?? PhoneAnswer.Empty;
    }

    /// <summary>Apart, so that the request, a large structure, is not carried through the waits.</summary>
    private static RentedReports Read(HttpRequest request, RentedBody body, out bool named, out SecretHash id)
    {
        using (body)
        {
            var read = OsmandRequest.Read(request.QueryString.Value, request.ContentType, body.Memory);
            named = read.TryHashId(out id);
            return read.Rent();
        }
    }
}
