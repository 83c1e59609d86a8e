using System.Net;
using CommandCenter.LoadGenerator.Center;
using CommandCenter.LoadGenerator.Load;
using CommandCenter.LoadGenerator.Measuring;

namespace CommandCenter.LoadGenerator.Runs;

/// <summary>The empty 200's process and the stage that sends it the very requests that the server gets.</summary>
internal sealed class Baseline : IAsyncDisposable
{
    private readonly OwnServer _server;
    private readonly Rig _rig;
    private readonly UsageMeter _meter;

    private Baseline(OwnServer server, Rig rig)
    {
        (_server, _rig) = (server, rig);
        _meter = new UsageMeter(new ProcessTree(server.ProcessId, withChildren: false), new ProcessTree(0, false), new ProcessTree(0, false), rig.Clock);
    }

    public static async Task<Baseline> StartAsync(Rig rig, CancellationToken cancellationToken)
    {
        var program = typeof(Baseline).Assembly.Location;
        return new Baseline(await OwnServer.StartAsync(program, port => [BaselineServer.Name, "--port", $"{port}"], "", rig.Clock, cancellationToken), rig);
    }

    public StagePlan Plan(StagePlan server, string name) => server with
    {
        Name = name,
        Server = new IPEndPoint(IPAddress.Loopback, _server.Url.Port),
        Requests = new OsmandRequests(_rig.Workers, _rig.Workers.Count, _rig.Host, ledger: null, new FixTurns(_rig.Workers.Count)),
        Meter = _meter,
    };

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
