namespace CommandCenter.Contracts.Tracks;

/// <summary>Who was near a place between two moments, as answered by <c>GET /api/tracks/near</c>.</summary>
/// <param name="Items">Nearest first; at most 200.</param>
/// <param name="More">How many others of the viewer's area were near and are not among <paramref name="Items"/>.</param>
/// <param name="Outside">How many were near whose home is outside the viewer's area.</param>
/// <param name="Complete">All that phones were answered for before it was looked at.</param>
/// <param name="Unreadable">Stored stretches that were left out because they are damaged.</param>
public sealed record NearbyWorkers(IReadOnlyList<NearbyWorker> Items, int More, int Outside, DateTimeOffset Complete, int Unreadable);

/// <param name="Worker">Code.</param>
/// <param name="Name">As on the roster; null when it has none.</param>
/// <param name="Role">As on the roster.</param>
/// <param name="Area">Code of the home area.</param>
/// <param name="Meters">From the place to the nearest fix.</param>
/// <param name="At">When that fix was.</param>
/// <param name="Left">Since when no longer on the roster; null while there.</param>
public sealed record NearbyWorker(string Worker, string? Name, string Role, string? Area, double Meters, DateTimeOffset At, DateTimeOffset? Left);
