namespace CommandCenter.Replay.Reading;

/// <summary>Delimited text with one fix a row; the delimiter is detected.</summary>
public static class CsvTrackReader
{
    public static void Read(Stream input, string file, ColumnMap map, TrackSink sink)
    {
        Columns? columns = null;
        var names = new Dictionary<string, string>();
        CsvRows.ForEach(input, CsvRows.Options(), sink, (fields, line) =>
        {
            var isFirst = columns is null;
            var fault = "";
            columns ??= map.Resolve(fields, out fault);
            if (columns is null)
            {
                sink.Skip(line, fault + "; nothing of this file is read");
            }
            else if (!isFirst || !columns.FirstRowIsHeader)
            {
                ReadRow(fields, line, columns, file, names, sink);
            }

            return columns is not null;
        });
    }

    private static void ReadRow(string[] fields, long line, Columns columns, string file, Dictionary<string, string> names, TrackSink sink)
    {
        if (!FixFields.TryPlace(At(columns.Lon), At(columns.Lat), out var lon, out var lat, out var why)
            || !FixFields.TryTime(At(columns.Time), out var timeMs, out why))
        {
            sink.Skip(line, why);
            return;
        }

        // One string a track, not one a row.
        var id = At(columns.Id) ?? "";
        if (!names.TryGetValue(id, out var track))
        {
            names[id] = track = id.Length == 0 ? file : $"{file}#{id}";
        }

        sink.Add(new TrackPoint(track, timeMs, lon, lat)
        {
            SpeedMps = FixFields.Extra(At(columns.Speed)),
            HeadingDegrees = FixFields.Extra(At(columns.Heading)),
            AccuracyMeters = FixFields.Extra(At(columns.Accuracy)),
            AltitudeMeters = FixFields.Extra(At(columns.Altitude), least: -1000),
        });

        string? At(int column) => (uint)column < (uint)fields.Length ? fields[column] : null;
    }
}
