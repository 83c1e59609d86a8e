namespace CommandCenter.Tracks.Reading;

/// <summary>A stored stretch of one worker's fixes within one hour, a segment or a piece, as it is read.</summary>
public readonly record struct TrackPart(int WorkerId, long HourMs, long FirstMs, long LastMs, int Fixes, byte[] Body);

/// <summary>Where and when a stored part lies, without its fixes. Bounds in 1e-7 degrees.</summary>
public readonly record struct TrackPlace(int WorkerId, long HourMs, long FirstMs, long LastMs, int WestE7, int SouthE7, int EastE7, int NorthE7);
