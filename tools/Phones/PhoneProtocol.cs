namespace CommandCenter.Phones;

/// <summary>How a phone's app speaks to the server.</summary>
public enum PhoneProtocol
{
    /// <summary>OsmAnd and older Traccar Clients: <c>POST /osmand?id=…&amp;lat=…</c>, speed in knots.</summary>
    OsmandQuery,

    /// <summary>Traccar Client 10: the same names in a form body.</summary>
    TraccarForm,

    /// <summary>Traccar Client 9: nested JSON, speed in m/s.</summary>
    TraccarNested,

    /// <summary>Traccar Client 10 set to JSON: an array of flat objects, speed in knots.</summary>
    TraccarArray,

    /// <summary>OwnTracks in HTTP mode.</summary>
    OwnTracks,

    /// <summary><c>POST /api/positions</c> in JSON.</summary>
    BatchJson,

    /// <summary><c>POST /api/positions</c> in MessagePack.</summary>
    BatchMessagePack,
}
