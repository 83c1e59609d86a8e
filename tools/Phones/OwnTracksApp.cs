using System.Net.Http.Headers;
using System.Text;

namespace CommandCenter.Phones;

/// <summary>
/// OwnTracks in HTTP mode: one <c>location</c> a request under Basic authentication; time in whole seconds, whole metres,
/// km/h; zero values are left out, as the apps do.
/// </summary>
public sealed class OwnTracksApp(string user, string password) : IPhoneApp
{
    private readonly AuthenticationHeaderValue _signIn = BasicSignIn.Header(user, password);
    private readonly string _topic = $"owntracks/{user}/phone";
    private readonly string _trackerId = user.Length <= 2 ? user : user[^2..];

    public int MaxPerUpload => 1;

    public bool SendsHeartbeats => false;

    public bool SendsSos => false;

    public HttpRequestMessage Compose(ReadOnlySpan<PhoneFix> fixes)
    {
        ref readonly var fix = ref fixes[0];
        var seconds = fix.FixTimeMs / 1000;
        using var body = new JsonBody();
        var json = body.Writer;
        json.WriteStartObject();
        json.WriteString("_type", "location");
        json.WriteIfKnown("lat", fix.Latitude, 7);
        json.WriteIfKnown("lon", fix.Longitude, 7);
        WriteWhole("acc", fix.AccuracyMeters);
        WriteWhole("alt", fix.AltitudeMeters);
        WriteWhole("cog", fix.HeadingDegrees);
        WriteWhole("vel", fix.SpeedMps * 3.6);
        if (fix.BatteryPercent is { } battery)
        {
            json.WriteNumber("batt", battery);
            json.WriteNumber("bs", fix.Charging ? 2 : 1);
        }

        json.WriteNumber("tst", seconds);
        json.WriteNumber("created_at", seconds);
        json.WriteString("conn", "m");
        json.WriteString("t", "t");
        json.WriteString("tid", _trackerId);
        json.WriteString("topic", _topic);
        json.WriteEndObject();
        var request = new HttpRequestMessage(HttpMethod.Post, "owntracks") { Content = body.ToContent() };
        request.Headers.Authorization = _signIn;
        return request;

        void WriteWhole(string name, double? value)
        {
            if (value is { } number && (int)Math.Round(number) is var whole and not 0)
            {
                json.WriteNumber(name, whole);
            }
        }
    }

    public ValueTask<IReadOnlyList<FixVerdict>> ReadAsync(HttpResponseMessage answer, int count, CancellationToken cancellationToken) =>
        ValueTask.FromResult(FixVerdict.AllAccepted(count));
}

internal static class BasicSignIn
{
    public static AuthenticationHeaderValue Header(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
}
