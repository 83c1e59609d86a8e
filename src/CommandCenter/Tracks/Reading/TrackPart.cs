namespace CommandCenter.Tracks.Reading;

/// <summary>A stored stretch of one worker's fixes within one hour, a segment or a piece, as it is read.</summary>
public readonly record struct TrackPart(int WorkerId, long HourMs, long FirstMs, long LastMs, int Fixes, byte[] Body)
{
    /// <summary>It may be passed on as it is.</summary>
    public bool HasShape => TrackCodec.HasShape(Body, WorkerId, Fixes);

    /// <summary>Appends its fixes; false when the body is damaged, or another worker's, and then nothing was appended.</summary>
    public bool TryRead(List<Fix> to) => TrackCodec.TryDecode(Body, to, WorkerId);
}

/// <summary>Where and when a stored part lies, without its fixes. Bounds in 1e-7 degrees.</summary>
public readonly record struct TrackPlace(int WorkerId, long HourMs, long FirstMs, long LastMs, int WestE7, int SouthE7, int EastE7, int NorthE7);
