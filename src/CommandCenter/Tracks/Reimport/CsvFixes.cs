using System.Text;
using CommandCenter.Tracks.Exports;

namespace CommandCenter.Tracks.Reimport;

/// <summary>Reads our CSV, row by row, by the names of its columns: <see cref="CsvFormat"/> the other way round.</summary>
internal static class CsvFixes
{
    private const int MostRowChars = 1 << 16;

    private static readonly string[] Needed = ["worker_code", "device_id", "fix_time_utc", "longitude_wgs84", "latitude_wgs84"];

    /// <exception cref="InvalidDataException">It is no CSV of ours.</exception>
    public static IEnumerable<FixLine> Read(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 64 * 1_024, leaveOpen: true);
        var cells = new List<string>();
        if (!NextRow(reader, cells))
        {
            throw new InvalidDataException("The file is empty.");
        }

        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < cells.Count; i++)
        {
            places.TryAdd(cells[i].Trim(), i);
        }

        if (Array.Find(Needed, name => !places.ContainsKey(name)) is { } missing)
        {
            throw new InvalidDataException($"The first row names no column {missing}: this is no export of tracks.");
        }

        var width = cells.Count;
        for (var row = 2L; NextRow(reader, cells); row++)
        {
            if (cells.Count > 1 || cells[0].Length > 0)
            {
                yield return cells.Count < width ? FixLine.Bad(row, "line") : Line(row, cells, places);
            }
        }
    }

    private static FixLine Line(long row, List<string> cells, Dictionary<string, int> places)
    {
        return FixValues.Line(
            row, Text("worker_code"), Number("device_id", 0), FixValues.Moment(Cell("fix_time_utc")), Number("longitude_wgs84", 7), Number("latitude_wgs84", 7),
            Number("speed_mps", 2), Number("heading_degrees", 1), Number("accuracy_meters", 1), Number("altitude_meters", 0), Number("battery_percent", 0),
            Text("flags") is not { Length: > 0 } words ? 0 : ExportFields.Parse(words) is { } flags ? (long)flags : -1);

        string? Cell(string name) => places.TryGetValue(name, out var at) ? cells[at] : null;
        long? Number(string name, int decimals) => FixValues.Scaled(Cell(name), decimals);

        // The apostrophe that keeps a spreadsheet from taking it for a formula.
        string? Text(string name) => Cell(name) is ['\'', .. var rest] ? rest : Cell(name);
    }

    /// <summary>RFC 4180: quoted cells may hold commas, quotes and line breaks.</summary>
    private static bool NextRow(StreamReader reader, List<string> cells)
    {
        cells.Clear();
        if (reader.Peek() < 0)
        {
            return false;
        }

        var cell = new StringBuilder();
        var (quoted, length) = (false, 0);
        while (reader.Read() is >= 0 and var next)
        {
            var c = (char)next;
            if (++length > MostRowChars)
            {
                throw new InvalidDataException("A row is longer than any of an export of tracks.");
            }

            if (quoted)
            {
                if (c != '"')
                {
                    cell.Append(c);
                }
                else if (reader.Peek() == '"')
                {
                    cell.Append((char)reader.Read());
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (c == ',')
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else if (c == '\n')
            {
                break;
            }
            else if (c != '\r')
            {
                cell.Append(c);
            }
        }

        cells.Add(cell.ToString());
        return true;
    }
}
