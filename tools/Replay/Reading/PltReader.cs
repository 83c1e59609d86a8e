using CsvHelper;

namespace CommandCenter.Replay.Reading;

/// <summary>
/// GeoLife's PLT: six lines of header, then <c>latitude,longitude,0,altitude in feet (-777 unknown),days since 1899-12-30,date,time</c>
/// in UTC. One file is one track.
/// </summary>
public static class PltReader
{
    private const int HeaderLines = 6;
    private const float MetersPerFoot = 0.3048f;
    private const float UnknownAltitude = -777;

    public static void Read(Stream input, string file, TrackSink sink)
    {
        CsvRows.ForEach(input, CsvRows.Options(',', CsvMode.NoEscape), sink, (fields, line) =>
        {
            if (line > HeaderLines)
            {
                ReadRow(fields, line, file, sink);
            }

            return true;
        });
    }

    private static void ReadRow(string[] fields, long line, string file, TrackSink sink)
    {
        if (fields.Length < 7)
        {
            sink.Skip(line, $"expected 7 fields (latitude,longitude,0,altitude,days,date,time), found {fields.Length}");
            return;
        }

        if (!FixFields.TryPlace(fields[1], fields[0], out var lon, out var lat, out var why)
            || !FixFields.TryTime($"{fields[5].Trim()} {fields[6].Trim()}", out var timeMs, out why))
        {
            sink.Skip(line, why);
            return;
        }

        var feet = FixFields.Extra(fields[3], least: -3000);
        sink.Add(new TrackPoint(file, timeMs, lon, lat) { AltitudeMeters = feet == UnknownAltitude ? float.NaN : feet * MetersPerFoot });
    }
}
