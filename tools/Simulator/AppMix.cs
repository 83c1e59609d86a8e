using CommandCenter.Phones;

namespace CommandCenter.Simulator;

/// <summary>Which app a worker's phone runs: all that the server speaks, in shares that keep each busy.</summary>
public static class AppMix
{
    private static readonly (PhoneProtocol Protocol, double Share)[] Shares =
    [
        (PhoneProtocol.TraccarForm, 0.30),
        (PhoneProtocol.TraccarNested, 0.15),
        (PhoneProtocol.TraccarArray, 0.05),
        (PhoneProtocol.OsmandQuery, 0.10),
        (PhoneProtocol.OwnTracks, 0.20),
        (PhoneProtocol.BatchJson, 0.10),
        (PhoneProtocol.BatchMessagePack, 0.10),
    ];

    public static IPhoneApp AppOf(PlannedWorker worker, int seed)
    {
        var throwing = Dice.Of(seed, worker.Code, "app").Next();
        foreach (var (protocol, share) in Shares)
        {
            throwing -= share;
            if (throwing < 0 && PhoneApps.TryCreate(protocol, worker.Device) is { } app)
            {
                return app;
            }
        }

        // The plan's check saw to it that one of the two ways to sign in is there.
        return PhoneApps.TryCreate(PhoneProtocol.TraccarForm, worker.Device) ?? PhoneApps.TryCreate(PhoneProtocol.BatchJson, worker.Device)!;
    }
}
