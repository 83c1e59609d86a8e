using CommandCenter.Http;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;

namespace CommandCenter.Positions.Protocols;

/// <summary>
/// <c>POST /owntracks</c>, the HTTP mode of OwnTracks for Android and iOS, with the device's user and password. The answer is always an
/// empty array: the server has no friends or commands to hand out. A bad fix of an enrolled phone is answered 200 and counted.
/// </summary>
public static class OwnTracksEndpoints
{
    private const string Challenge = "Basic realm=\"OwnTracks\", charset=\"UTF-8\"";

    public static void Map(IEndpointRouteBuilder app) => PhoneDoor.Open(
        app.MapPost("/owntracks", HandleAsync).WithTags("Phones").WithName("OwnTracks").WithSummary("OwnTracks HTTP mode, Basic authentication."));

    private static async Task<IResult> HandleAsync(
        HttpContext context, DeviceDirectory devices, PhoneDoor door, DeviceReports line, IOptions<PositionOptions> options, CancellationToken cancellationToken)
    {
        var sender = BasicCredentials.TryRead(context.Request, out var who)
            ? await devices.FindByCredentialsAsync(who.User, who.Password, cancellationToken)
            : DeviceLookup.Unknown;
        if (door.Refuse(context, sender.Status, Challenge) is { } refusal)
        {
            return refusal;
        }

        var limits = options.Value;
        if (await RequestBody.ReadAsync(context.Request, limits.MaxPhoneBodyBytes, cancellationToken) is not { } body)
        {
            return PositionProblems.TooLarge("body", limits.MaxPhoneBodyBytes, "bytes");
        }

        var reports = OwnTracksMessage.Read(body);
        if (reports.Count > limits.MaxBatchReports)
        {
            return PositionProblems.TooLarge("array", limits.MaxBatchReports, "messages");
        }

        if (reports.Count == 0)
        {
            return PhoneAnswer.EmptyArray;
        }

        var submission = await line.SubmitAsync(sender.Device!, [.. reports], "owntracks", cancellationToken);
        return PhoneDoor.Refuse(submission) ?? PhoneAnswer.EmptyArray;
    }
}
