using CommandCenter.Phones;

namespace CommandCenter.Replay;

/// <summary>Reads <c>--device</c>: an OsmAnd id, or user:password. What is wrong is said without repeating a secret.</summary>
public static class DeviceList
{
    /// <summary>Null and a sentence when a device lacks what the protocol signs in with.</summary>
    public static IReadOnlyList<IPhoneApp>? Parse(IReadOnlyList<string> devices, string protocol, out string fault)
    {
        var speaks = protocol switch
        {
            "osmand" => PhoneProtocol.TraccarForm,
            "owntracks" => PhoneProtocol.OwnTracks,
            _ => PhoneProtocol.BatchJson,
        };
        var apps = new List<IPhoneApp>(devices.Count);
        for (var i = 0; i < devices.Count; i++)
        {
            var colon = devices[i].IndexOf(':', StringComparison.Ordinal);
            var device = colon < 0
                ? new DeviceCredentials { OsmandId = devices[i] }
                : new DeviceCredentials { User = devices[i][..colon], Password = devices[i][(colon + 1)..] };
            if (PhoneApps.TryCreate(speaks, device) is not { } app)
            {
                fault = $"--device number {i + 1}: {protocol} expects {(PhoneApps.UsesOsmandId(speaks) ? "an OsmAnd id" : "user:password")}";
                return null;
            }

            apps.Add(app);
        }

        fault = "";
        return apps;
    }
}
