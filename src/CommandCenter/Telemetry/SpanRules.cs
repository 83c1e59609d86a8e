using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace CommandCenter.Telemetry;

/// <summary>Which activities are recorded: a share of requests, hub connects and lots, each with all that belongs to it.</summary>
internal sealed class SpanSampler(double share) : Sampler
{
    private static readonly SamplingResult Leave = new(SamplingDecision.Drop);
    private readonly ParentBasedSampler _share = new(new TraceIdRatioBasedSampler(share));

    public override SamplingResult ShouldSample(in SamplingParameters parameters)
    {
        // A wall acknowledges each frame by a call of the hub, and its stream lasts for weeks: neither is worth a span, a connect is.
        return parameters.Name == "Microsoft.AspNetCore.SignalR.Server.InvocationIn" ? Leave : _share.ShouldSample(parameters);
    }
}

/// <summary>
/// Keeps people's data out of spans. Paths hold workers' codes and queries devices' secrets, so only the tags named here leave the server.
/// </summary>
internal sealed class SpanTags : BaseProcessor<Activity>
{
    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "http.request.method", "http.response.status_code", "http.route", "url.scheme", "error.type", "rpc.system", "rpc.method", "rpc.service", "partition", "fixes", "pieces",
    };

    public override void OnEnd(Activity data)
    {
        foreach (var tag in data.TagObjects.Select(tag => tag.Key).Where(key => !Kept.Contains(key)).ToList())
        {
            data.SetTag(tag, null);
        }

        if (data.GetTagItem("http.request.method") is string method)
        {
            // The route's pattern, never the path.
            data.DisplayName = data.GetTagItem("http.route") is string route ? $"{method} {route}" : method;
        }
    }
}
