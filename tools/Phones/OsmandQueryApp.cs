using System.Text;

namespace CommandCenter.Phones;

/// <summary>OsmAnd's online tracking and Traccar Client up to 8: everything in the query string of an empty POST.</summary>
public sealed class OsmandQueryApp(string id) : IPhoneApp
{
    public int MaxPerUpload => 1;

    public bool SendsHeartbeats => true;

    public bool SendsSos => true;

    public HttpRequestMessage Compose(ReadOnlySpan<PhoneFix> fixes)
    {
        var query = new StringBuilder("osmand");
        foreach (var (name, value) in OsmandFields.Of(id, fixes[0]))
        {
            query.Append(query.Length == 6 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return new HttpRequestMessage(HttpMethod.Post, query.ToString());
    }

    public ValueTask<IReadOnlyList<FixVerdict>> ReadAsync(HttpResponseMessage answer, int count, CancellationToken cancellationToken) =>
        ValueTask.FromResult(FixVerdict.AllAccepted(count));
}
