namespace CommandCenter.Phones;

/// <summary>Which app a protocol name stands for.</summary>
public static class PhoneApps
{
    /// <summary>Null when the credentials lack what the protocol signs in with.</summary>
    public static IPhoneApp? TryCreate(PhoneProtocol protocol, DeviceCredentials device)
    {
        var fits = UsesOsmandId(protocol) ? device.HasOsmandId : device.HasPassword;
        return !fits ? null : protocol switch
        {
            PhoneProtocol.OsmandQuery => new OsmandQueryApp(device.OsmandId!),
            PhoneProtocol.TraccarForm => new TraccarFormApp(device.OsmandId!),
            PhoneProtocol.TraccarNested => new TraccarNestedApp(device.OsmandId!),
            PhoneProtocol.TraccarArray => new TraccarArrayApp(device.OsmandId!),
            PhoneProtocol.OwnTracks => new OwnTracksApp(device.User!, device.Password!),
            PhoneProtocol.BatchJson => new BatchApp(device.User!, device.Password!, new BatchJsonFormat()),
            PhoneProtocol.BatchMessagePack => new BatchApp(device.User!, device.Password!, new BatchMessagePackFormat()),
            _ => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, null),
        };
    }

    public static bool UsesOsmandId(PhoneProtocol protocol) => protocol <= PhoneProtocol.TraccarArray;
}
