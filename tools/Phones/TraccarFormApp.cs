namespace CommandCenter.Phones;

/// <summary>Traccar Client 10 as it comes: one position a request, as a form.</summary>
public sealed class TraccarFormApp(string id) : IPhoneApp
{
    public int MaxPerUpload => 1;

    public bool SendsHeartbeats => true;

    public bool SendsSos => true;

    public HttpRequestMessage Compose(ReadOnlySpan<PhoneFix> fixes) =>
        new(HttpMethod.Post, "osmand") { Content = new FormUrlEncodedContent(OsmandFields.Of(id, fixes[0])) };

    public ValueTask<IReadOnlyList<FixVerdict>> ReadAsync(HttpResponseMessage answer, int count, CancellationToken cancellationToken) =>
        ValueTask.FromResult(FixVerdict.AllAccepted(count));
}
