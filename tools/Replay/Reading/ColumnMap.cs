using System.Globalization;

namespace CommandCenter.Replay.Reading;

/// <summary>
/// Which column of a CSV file holds what: by header name or by number from 1. What is not named is guessed from the names that
/// track files commonly use.
/// </summary>
public sealed class ColumnMap
{
    private static readonly string[] Keys = ["lat", "lon", "time", "id", "speed", "heading", "accuracy", "altitude"];

    private static readonly Dictionary<string, string[]> Usual = new()
    {
        ["lat"] = ["lat", "latitude", "y"],
        ["lon"] = ["lon", "lng", "long", "longitude", "x"],
        ["time"] = ["time", "datetime", "timestamp", "fixtime", "date_time", "t"],
        ["id"] = ["track", "track_id", "trackid", "trajectory_id", "uid", "user", "user_id", "device", "worker", "tracker"],
        ["speed"] = ["speed", "speedmps", "speed_mps"],
        ["heading"] = ["heading", "course", "bearing", "headingdegrees"],
        ["accuracy"] = ["accuracy", "accuracymeters"],
        ["altitude"] = ["altitude", "elevation", "ele", "alt", "altitudemeters"],
    };

    private readonly Dictionary<string, string> _named = [];

    /// <summary>Guesses everything.</summary>
    public static ColumnMap Guessing { get; } = new();

    /// <summary>Reads <c>lat=Y,lon=X,time=t,id=tracker</c>; null and a sentence when it is no such list.</summary>
    public static ColumnMap? Parse(string text, out string fault)
    {
        var map = new ColumnMap();
        foreach (var pair in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length != 2 || parts[1].Length == 0 || !Keys.Contains(parts[0]))
            {
                fault = $"--columns: expected {string.Join("=…, ", Keys)}=… and found '{pair}'";
                return null;
            }

            map._named[parts[0]] = parts[1];
        }

        fault = "";
        return map;
    }

    /// <summary>Finds the columns in a file's first row; null and a sentence when latitude, longitude or time is not among them.</summary>
    public Columns? Resolve(IReadOnlyList<string> firstRow, out string fault)
    {
        var places = new Dictionary<string, int>();
        foreach (var key in Keys)
        {
            var at = Find(key, firstRow);
            if (at < 0 && (key is "lat" or "lon" or "time" || _named.ContainsKey(key)))
            {
                fault = $"expected a column {_named.GetValueOrDefault(key) ?? string.Join(" or ", Usual[key])} for {key}"
                    + $", found {string.Join(", ", firstRow.Select(FixFields.Quote))}; name it with --columns {key}=…";
                return null;
            }

            places[key] = at;
        }

        fault = "";

        // A first row that is a fix itself is no header.
        var isHeader = !FixFields.TryNumber(firstRow[places["lat"]], out _);
        return new Columns(places["lat"], places["lon"], places["time"], places["id"], places["speed"], places["heading"], places["accuracy"], places["altitude"], isHeader);
    }

    private int Find(string key, IReadOnlyList<string> row)
    {
        if (!_named.TryGetValue(key, out var name))
        {
            foreach (var usual in Usual[key])
            {
                if (IndexOf(row, usual) is >= 0 and var found)
                {
                    return found;
                }
            }

            return -1;
        }

        var at = IndexOf(row, name);
        return at >= 0 ? at
            : int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= row.Count ? number - 1
            : -1;
    }

    private static int IndexOf(IReadOnlyList<string> row, string name)
    {
        for (var i = 0; i < row.Count; i++)
        {
            if (string.Equals(row[i].TrimStart('\uFEFF'), name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>Places in a row, from 0; −1 where the file has no such column.</summary>
public sealed record Columns(int Lat, int Lon, int Time, int Id, int Speed, int Heading, int Accuracy, int Altitude, bool FirstRowIsHeader);
