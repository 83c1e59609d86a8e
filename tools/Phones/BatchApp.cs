using System.Net.Http.Headers;
using CommandCenter.Contracts.Positions;

namespace CommandCenter.Phones;

/// <summary>The field page's way, <c>POST /api/positions</c>: many reports a request, an answer for each.</summary>
public sealed class BatchApp(string user, string password, IBatchFormat format) : IPhoneApp
{
    private readonly AuthenticationHeaderValue _signIn = BasicSignIn.Header(user, password);

    /// <summary>A tenth of what the server takes: an offline queue empties in portions that a slow line can carry.</summary>
    public int MaxPerUpload => 500;

    public bool SendsHeartbeats => true;

    public bool SendsSos => false;

    public HttpRequestMessage Compose(ReadOnlySpan<PhoneFix> fixes)
    {
        var reports = new PositionBatchItem[fixes.Length];
        for (var i = 0; i < fixes.Length; i++)
        {
            reports[i] = ToReport(fixes[i]);
        }

        var content = new ByteArrayContent(format.Write(new PositionBatch { Reports = reports }));
        content.Headers.ContentType = new MediaTypeHeaderValue(format.MediaType);
        var request = new HttpRequestMessage(HttpMethod.Post, "api/positions") { Content = content };
        request.Headers.Authorization = _signIn;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(format.MediaType));
        return request;
    }

    public async ValueTask<IReadOnlyList<FixVerdict>> ReadAsync(HttpResponseMessage answer, int count, CancellationToken cancellationToken)
    {
        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        var result = format.Read(body, answer.Content.Headers.ContentType?.MediaType);
        if (result.Items.Count != count)
        {
            throw new InvalidDataException($"{count} reports were sent and {result.Items.Count} were answered.");
        }

        var verdicts = new FixVerdict[count];
        for (var i = 0; i < count; i++)
        {
            var item = result.Items[i];
            verdicts[i] = new FixVerdict(item.Status == "refused" ? item.Reason ?? "unnamed" : null);
        }

        return verdicts;
    }

    private static PositionBatchItem ToReport(in PhoneFix fix) => new()
    {
        FixTime = fix.FixTimeMs,
        Longitude = fix.IsHeartbeat ? null : Math.Round(fix.Longitude!.Value, 7),
        Latitude = fix.IsHeartbeat ? null : Math.Round(fix.Latitude!.Value, 7),
        SpeedMps = fix.SpeedMps,
        HeadingDegrees = fix.HeadingDegrees,
        AccuracyMeters = fix.AccuracyMeters,
        AltitudeMeters = fix.AltitudeMeters,
        Battery = fix.BatteryPercent,
        Mock = fix.Mock,
    };
}
