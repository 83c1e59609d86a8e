namespace CommandCenter.Contracts.Coverage;

/// <summary>One square of 25 m, as answered by <c>GET /api/coverage/cells/{key}</c>.</summary>
/// <param name="Key">Row × 2³² + column, in decimal.</param>
/// <param name="Center">Degrees longitude and latitude.</param>
/// <param name="Polygon">Its corners, the first one again at the end.</param>
/// <param name="Area">Code of the grid it lies in.</param>
/// <param name="Patrollable">False: masked.</param>
/// <param name="Target">Blind after so many days.</param>
/// <param name="AgeDays">Since the last visit, at the window's end; null: none as far as was looked back.</param>
/// <param name="Days">Those on which somebody was there, newest first.</param>
/// <param name="DamagedDays">Those of the window of which some of the center's tracks could not be read: more may have been earned.</param>
public sealed record CoverageCellInfo(
    string Key, double[] Center, double[][] Polygon, string Area, bool Patrollable, int Target, int? AgeDays, IReadOnlyList<CoverageCellDay> Days,
    IReadOnlyList<string> DamagedDays);

/// <param name="Day">Such as 2026-01-31.</param>
/// <param name="DwellSeconds">Of all workers together.</param>
/// <param name="Visits">Of at least half a minute.</param>
/// <param name="Passes">Shorter.</param>
/// <param name="Workers">How many different ones.</param>
/// <param name="LastAt">When the last of them left.</param>
public sealed record CoverageCellDay(string Day, long DwellSeconds, int Visits, int Passes, int Workers, DateTimeOffset LastAt);

/// <summary>Who earned a square, as answered by <c>GET /api/coverage/cells/{key}/tracks</c>.</summary>
/// <param name="Items">Newest day first.</param>
/// <param name="Outside">Workers left out because they are at home outside of the viewer's area.</param>
/// <param name="More">Whether there were more than are told.</param>
/// <param name="DamagedDays">Those of the window of which some of the center's tracks could not be read: others may have been there.</param>
public sealed record CoverageCellTracks(IReadOnlyList<CoverageCellTrack> Items, int Outside, bool More, IReadOnlyList<string> DamagedDays);

/// <param name="Day">Such as 2026-01-31.</param>
/// <param name="Worker">Code.</param>
/// <param name="Name">Of the worker.</param>
/// <param name="DwellSeconds">In the square.</param>
/// <param name="Visits">Of at least half a minute.</param>
/// <param name="Passes">Shorter.</param>
/// <param name="LastAt">When the worker left it last.</param>
/// <param name="From">Begin of what to replay.</param>
/// <param name="To">Its end.</param>
public sealed record CoverageCellTrack(
    string Day, string Worker, string Name, double DwellSeconds, int Visits, int Passes, DateTimeOffset LastAt, DateTimeOffset From, DateTimeOffset To);
