using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using CommandCenter.Access;
using CommandCenter.Contracts.Access;
using CommandCenter.Contracts.Workers;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Exports;
using CommandCenter.Workers;

namespace CommandCenter.Tests.Tracks.Exports;

/// <summary>What a file says of one fix, as text of the file: read by readers that know the formats and nothing of our writers.</summary>
internal sealed record FileFix(
    string Worker, int Stretch, string Time, decimal Longitude, decimal Latitude, decimal? Speed, decimal? Heading, decimal? Accuracy, decimal? Altitude, int? Battery, string Flags, int Device)
{
    /// <summary>What a file must say of a fix.</summary>
    public static FileFix Of(Worker worker, int stretch, Fix fix) => new(
        worker.Code,
        stretch,
        DateTimeOffset.FromUnixTimeMilliseconds(fix.FixTimeMs).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        fix.LongitudeE7 / 10_000_000m,
        fix.LatitudeE7 / 10_000_000m,
        fix.SpeedCmps == Fix.UnknownSpeed ? null : fix.SpeedCmps / 100m,
        fix.HeadingDeci == Fix.UnknownHeading ? null : fix.HeadingDeci / 10m,
        fix.AccuracyDm == Fix.UnknownAccuracy ? null : fix.AccuracyDm / 10m,
        fix.AltitudeM == Fix.UnknownAltitude ? null : fix.AltitudeM,
        fix.BatteryPercent == Fix.UnknownBattery ? null : fix.BatteryPercent,
        ExportFields.Words(fix.Flags),
        fix.DeviceId);
}

/// <summary>Writes stretches with our writers and reads the files with others.</summary>
internal static class ExportedFixes
{
    private static readonly XNamespace Gpx = "http://www.topografix.com/GPX/1/1";
    private static readonly XNamespace Cc = GpxFormat.Extension;
    private static readonly XNamespace Kml = "http://www.opengis.net/kml/2.2";
    private static readonly XNamespace Gx = "http://www.google.com/kml/ext/2.2";

    public static Worker Worker(int id, string code, string name) => new(id, code, name, WorkerRole.GridWorker, 1, null, []);

    public static ExportRequest Request(ExportFormat format, params Worker[] workers) => new(
        format, workers, DateTimeOffset.FromUnixTimeMilliseconds(Fixes.Noon), DateTimeOffset.FromUnixTimeMilliseconds(Fixes.Noon + 86_400_000),
        new AuditReason("test", null), new Viewer(1, "somebody", AccountRole.Dispatcher, 1));

    public static byte[] Write(ITrackFormat format, IEnumerable<Stretch> stretches, ExportRequest request, ExportNotes? notes = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var text = new ExportText(buffer);
        format.Begin(text, request);
        foreach (var stretch in stretches)
        {
            format.Add(text, stretch);
        }

        format.End(text, notes ?? new ExportNotes());
        return buffer.WrittenSpan.ToArray();
    }

    public static List<FileFix> Read(ExportFormat format, byte[] file) => format switch
    {
        ExportFormat.Gpx => FromGpx(Xml(file)),
        ExportFormat.Kml => FromKml(Xml(file)),
        ExportFormat.Csv => FromCsv(Encoding.UTF8.GetString(file)),
        ExportFormat.GeoJson => FromGeoJson(file),
        ExportFormat.MfJson => FromMfJson(file),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    private static XDocument Xml(byte[] file)
    {
        using var reader = XmlReader.Create(new MemoryStream(file), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, CheckCharacters = true });
        return XDocument.Load(reader);
    }

    private static List<FileFix> FromGpx(XDocument document)
    {
        Assert.That(document.Root!.Name, Is.EqualTo(Gpx + "gpx"));
        Assert.That((string?)document.Root.Attribute("version"), Is.EqualTo("1.1"));
        return [.. document.Root.Elements(Gpx + "trk").SelectMany(track => track.Elements(Gpx + "trkseg").SelectMany((segment, n) =>
            segment.Elements(Gpx + "trkpt").Select(point =>
            {
                var more = point.Element(Gpx + "extensions")!;
                return new FileFix(
                    ((string)track.Element(Gpx + "name")!).Split(' ')[0],
                    n + 1,
                    (string)point.Element(Gpx + "time")!,
                    (decimal)point.Attribute("lon")!,
                    (decimal)point.Attribute("lat")!,
                    (decimal?)more.Element(Cc + "speed"),
                    (decimal?)more.Element(Cc + "heading"),
                    (decimal?)more.Element(Cc + "accuracy"),
                    (decimal?)point.Element(Gpx + "ele"),
                    (int?)more.Element(Cc + "battery"),
                    (string?)more.Element(Cc + "flags") ?? "",
                    (int)more.Element(Cc + "device")!);
            })))];
    }

    private static List<FileFix> FromKml(XDocument document)
    {
        var found = new List<FileFix>();
        foreach (var placemark in document.Root!.Element(Kml + "Document")!.Elements(Kml + "Folder").Elements(Kml + "Placemark"))
        {
            var name = ((string)placemark.Element(Kml + "name")!).Split(' ');
            var track = placemark.Element(Gx + "Track")!;
            var whens = track.Elements(Kml + "when").Select(when => when.Value).ToList();
            var places = track.Elements(Gx + "coord").Select(coord => coord.Value.Split(' ')).ToList();
            var arrays = track.Descendants(Gx + "SimpleArrayData").ToDictionary(data => (string)data.Attribute("name")!, data => data.Elements(Gx + "value").Select(value => value.Value).ToList());
            Assert.That(arrays.Values.Select(values => values.Count).Append(places.Count), Is.All.EqualTo(whens.Count));
            found.AddRange(whens.Select((when, i) => new FileFix(
                name[0], int.Parse(name[1], CultureInfo.InvariantCulture), when, Number(places[i][0])!.Value, Number(places[i][1])!.Value,
                Number(arrays["speedMps"][i]), Number(arrays["headingDegrees"][i]), Number(arrays["accuracyMeters"][i]), Number(arrays["altitudeMeters"][i]),
                (int?)Number(arrays["batteryPercent"][i]), arrays["flags"][i], (int)Number(arrays["device"][i])!.Value)));
        }

        return found;
    }

    private static List<FileFix> FromCsv(string text)
    {
        Assert.That(text[0], Is.EqualTo('\uFEFF'), "Excel takes it for UTF-8 by its mark");
        var rows = text[1..].Split("\r\n");
        Assert.That(rows[^1], Is.Empty);
        var header = rows[0].Split(',');
        return [.. rows[1..^1].Select(row =>
        {
            var cells = Cells(row);
            Assert.That(cells, Has.Count.EqualTo(header.Length));
            string Cell(string column) => cells[Array.IndexOf(header, column)];
            return new FileFix(
                Cell("worker_code"), int.Parse(Cell("stretch"), CultureInfo.InvariantCulture), Cell("fix_time_utc"),
                Number(Cell("longitude_wgs84"))!.Value, Number(Cell("latitude_wgs84"))!.Value, Number(Cell("speed_mps")), Number(Cell("heading_degrees")),
                Number(Cell("accuracy_meters")), Number(Cell("altitude_meters")), (int?)Number(Cell("battery_percent")), Cell("flags"), (int)Number(Cell("device_id"))!.Value);
        })];
    }

    /// <summary>RFC 4180 of one line.</summary>
    public static List<string> Cells(string row)
    {
        var cells = new List<string>();
        for (var at = 0; at <= row.Length; at++)
        {
            var cell = new StringBuilder();
            if (at < row.Length && row[at] == '"')
            {
                for (at++; row[at] != '"' || (at + 1 < row.Length && row[at + 1] == '"'); at++)
                {
                    at += row[at] == '"' ? 1 : 0;
                    cell.Append(row[at]);
                }

                at++;
            }
            else
            {
                for (; at < row.Length && row[at] != ','; at++)
                {
                    cell.Append(row[at]);
                }
            }

            cells.Add(cell.ToString());
        }

        return cells;
    }

    private static List<FileFix> FromGeoJson(byte[] file)
    {
        using var document = JsonDocument.Parse(file);
        var found = new List<FileFix>();
        foreach (var feature in document.RootElement.GetProperty("features").EnumerateArray())
        {
            var geometry = feature.GetProperty("geometry");
            var of = feature.GetProperty("properties");
            var places = geometry.GetProperty("type").GetString() == "Point"
                ? [geometry.GetProperty("coordinates")]
                : geometry.GetProperty("coordinates").EnumerateArray().ToList();
            var times = of.GetProperty("times");
            Assert.That(times.GetArrayLength(), Is.EqualTo(places.Count));
            found.AddRange(places.Select((place, i) => new FileFix(
                of.GetProperty("worker").GetString()!, of.GetProperty("stretch").GetInt32(), times[i].GetString()!, place[0].GetDecimal(), place[1].GetDecimal(),
                At("speedMps", i), At("headingDegrees", i), At("accuracyMeters", i), At("altitudeMeters", i), (int?)At("batteryPercent", i),
                of.GetProperty("flags")[i].GetString()!, (int)At("device", i)!.Value)));

            decimal? At(string name, int i) => of.GetProperty(name)[i] is { ValueKind: not JsonValueKind.Null } value ? value.GetDecimal() : null;
        }

        return found;
    }

    private static List<FileFix> FromMfJson(byte[] file)
    {
        using var document = JsonDocument.Parse(file);
        var found = new List<FileFix>();
        foreach (var feature in document.RootElement.GetProperty("features").EnumerateArray())
        {
            var geometry = feature.GetProperty("temporalGeometry");
            Assert.That(geometry.GetProperty("type").GetString(), Is.EqualTo("MovingPoint"));
            var moments = geometry.GetProperty("datetimes").EnumerateArray().Select(moment => moment.GetString()!).ToList();
            var places = geometry.GetProperty("coordinates").EnumerateArray().ToList();
            Assert.That(places, Has.Count.EqualTo(moments.Count));

            // Values of one moment come in the order of the moments; two devices may speak at the same one.
            var values = new Dictionary<string, Queue<(string Moment, JsonElement Value)>>();
            foreach (var group in feature.GetProperty("temporalProperties").EnumerateArray())
            {
                foreach (var property in group.EnumerateObject().Where(property => property.Name != "datetimes"))
                {
                    values[property.Name] = new(group.GetProperty("datetimes").EnumerateArray().Select(moment => moment.GetString()!)
                        .Zip(property.Value.GetProperty("values").EnumerateArray()));
                }
            }

            var of = feature.GetProperty("properties");
            found.AddRange(moments.Select((moment, i) => new FileFix(
                of.GetProperty("worker").GetString()!, of.GetProperty("stretch").GetInt32(), moment, places[i][0].GetDecimal(), places[i][1].GetDecimal(),
                At("speedMps", moment), At("headingDegrees", moment), At("accuracyMeters", moment), At("altitudeMeters", moment), (int?)At("batteryPercent", moment),
                values["flags"].Dequeue().Value.GetString()!, (int)At("device", moment)!.Value)));

            decimal? At(string name, string moment) =>
                values.TryGetValue(name, out var queue) && queue.TryPeek(out var next) && next.Moment == moment ? queue.Dequeue().Value.GetDecimal() : null;
        }

        return found;
    }

    private static decimal? Number(string text) => text.Length == 0 ? null : decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
