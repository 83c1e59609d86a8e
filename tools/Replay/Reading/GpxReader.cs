using System.Xml;

namespace CommandCenter.Replay.Reading;

/// <summary>
/// GPX 1.0 and 1.1: the points of every <c>trk</c>, whatever their namespace, with elevation, speed and course also from extensions.
/// Streams; no DTD, no entities, no outside references.
/// </summary>
public static class GpxReader
{
    private static readonly XmlReaderSettings Careful = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = 2L << 30,
        MaxCharactersFromEntities = 1024,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <param name="file">Names the tracks, which GPX need not name.</param>
    public static void Read(Stream input, string file, TrackSink sink)
    {
        using var xml = XmlReader.Create(input, Careful);
        var lines = (IXmlLineInfo)xml;
        try
        {
            var tracks = 0;
            var track = file;
            while (!sink.IsFull && xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element)
                {
                    continue;
                }

                if (xml.LocalName == "trk")
                {
                    track = $"{file}#{++tracks}";
                }
                else if (xml.LocalName == "trkpt")
                {
                    ReadPoint(xml, lines.LineNumber, track, sink);
                }
            }
        }
        catch (XmlException error)
        {
            sink.Skip(error.LineNumber, "expected well-formed XML without a DTD; nothing after this is read: " + error.Message);
        }
    }

    private static void ReadPoint(XmlReader xml, int line, string track, TrackSink sink)
    {
        var (latitude, longitude) = (xml.GetAttribute("lat"), xml.GetAttribute("lon"));
        string? time = null, elevation = null, speed = null, course = null, accuracy = null;
        var depth = xml.Depth;
        var more = !xml.IsEmptyElement && xml.Read();
        while (more && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                more = xml.Read();
                continue;
            }

            switch (xml.LocalName)
            {
                case "time": time = Text(xml); break;
                case "ele": elevation = Text(xml); break;
                case "speed": speed = Text(xml); break;
                case "course": course = Text(xml); break;
                case "accuracy": accuracy = Text(xml); break;
                default: more = xml.Read(); break;
            }
        }

        if (!FixFields.TryPlace(longitude, latitude, out var lon, out var lat, out var why) || !FixFields.TryTime(time, out var timeMs, out why))
        {
            sink.Skip(line, why);
            return;
        }

        sink.Add(new TrackPoint(track, timeMs, lon, lat)
        {
            AltitudeMeters = FixFields.Extra(elevation, least: -1000),
            SpeedMps = FixFields.Extra(speed),
            HeadingDegrees = FixFields.Extra(course),
            AccuracyMeters = FixFields.Extra(accuracy),
        });
    }

    /// <summary>The element's text; the reader then stands behind it. An element with children has none that counts.</summary>
    private static string? Text(XmlReader xml)
    {
        using var inside = xml.ReadSubtree();
        inside.Read();
        string? text = null;
        while (inside.Read())
        {
            text ??= inside.NodeType is XmlNodeType.Text or XmlNodeType.CDATA ? inside.Value : null;
        }

        inside.Close();
        xml.Read();
        return text;
    }
}
