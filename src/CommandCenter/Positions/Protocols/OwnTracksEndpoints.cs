using System.Runtime.CompilerServices;
using CommandCenter.Http;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;

namespace CommandCenter.Positions.Protocols;

/// <summary>
/// <c>POST /owntracks</c>, the HTTP mode of OwnTracks for Android and iOS, with the device's user and password. The answer is always an
/// empty array: the server has no friends or commands to hand out. A bad fix of an enrolled phone is answered 200 and counted.
/// </summary>
public sealed class OwnTracksEndpoints(DeviceDirectory devices, PhoneDoor door, DeviceReports line, IOptions<PositionOptions> options)
{
    private const string Challenge = "Basic realm=\"OwnTracks\", charset=\"UTF-8\"";

    public static void Map(IEndpointRouteBuilder app) => PhoneDoor.Map<OwnTracksEndpoints>(
        app, "/owntracks", [HttpMethods.Post], (endpoints, context) => endpoints.AnswerAsync(context))
        .WithTags("Phones")
        .WithName("OwnTracks")
        .WithSummary("OwnTracks HTTP mode, Basic authentication.");

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<IResult> AnswerAsync(HttpContext context)
    {
        var sender = BasicCredentials.TryRead(context.Request, out var who)
            ? await devices.FindByCredentialsAsync(who.User, who.Password, default)
            : DeviceLookup.Unknown;
        if (door.Refuse(context, sender.Status, Challenge) is { } refusal)
        {
            return refusal;
        }

        var limits = options.Value;
        if (await RequestBody.ReadAsync(context.Request, limits.MaxPhoneBodyBytes, default) is not { } body)
        {
            return PositionProblems.TooLarge("body", limits.MaxPhoneBodyBytes, "bytes");
        }

        using var reports = Read(body);
        return reports.Memory.Length > limits.MaxBatchReports ? PositionProblems.TooLarge("array", limits.MaxBatchReports, "messages")
            : reports.Memory.IsEmpty ? PhoneAnswer.EmptyArray
            : PhoneDoor.Refuse(await line.SubmitAsync(sender.Device!, reports.Memory, "owntracks", default)) ?? PhoneAnswer.EmptyArray;
    }

    private static RentedReports Read(RentedBody body)
    {
        using (body)
        {
            var read = OwnTracksMessage.Read(body.Memory);
            var reports = RentedReports.Of(read.Count);
            read.CopyTo(reports.Memory.Span);
            return reports;
        }
    }
}
