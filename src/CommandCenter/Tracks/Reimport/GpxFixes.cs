using System.Xml;
using CommandCenter.Tracks.Exports;

namespace CommandCenter.Tracks.Reimport;

/// <summary>Reads our GPX, point by point: <see cref="GpxFormat"/> the other way round. A point without the device's number is none of ours.</summary>
internal static class GpxFixes
{
    private const string Gpx = "http://www.topografix.com/GPX/1/1";
    private const int MostText = 4_096;

    /// <exception cref="InvalidDataException">It is no GPX 1.1, or breaks off.</exception>
    public static IEnumerable<FixLine> Read(Stream stream)
    {
        // Nothing outside the file is looked up.
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreWhitespace = true, MaxCharactersFromEntities = MostText };
        using var reader = XmlReader.Create(stream, settings);
        string? worker = null;
        var points = 0L;
        if (!Next(reader) || reader.MoveToContent() != XmlNodeType.Element || reader.LocalName != "gpx" || reader.NamespaceURI != Gpx)
        {
            throw new InvalidDataException("The file is no GPX 1.1.");
        }

        while (Next(reader))
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (reader.NamespaceURI == Gpx && reader.LocalName == "trk")
            {
                worker = null;
            }
            else if (reader.NamespaceURI == Gpx && reader.LocalName == "name" && reader.Depth == 2)
            {
                // Older files say the code as the first word of the name only.
                worker = Text(reader).Split(' ')[0];
            }
            else if (reader.NamespaceURI == GpxFormat.Extension && reader.LocalName == "worker")
            {
                worker = Text(reader);
            }
            else if (reader.NamespaceURI == Gpx && reader.LocalName == "trkpt")
            {
                yield return Point(reader, worker, ++points);
            }
        }
    }

    private static FixLine Point(XmlReader reader, string? worker, long number)
    {
        var (longitude, latitude) = (FixValues.Scaled(reader.GetAttribute("lon"), 7), FixValues.Scaled(reader.GetAttribute("lat"), 7));
        long? device = null, speed = null, heading = null, accuracy = null, altitude = null, battery = null, flags = null, time = null;
        var depth = reader.Depth;
        var empty = reader.IsEmptyElement;
        while (!empty && Next(reader) && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName != "extensions")
            {
                switch (reader.LocalName)
                {
                    case "ele": altitude = FixValues.Scaled(Text(reader), 0); break;
                    case "time": time = FixValues.Moment(Text(reader)); break;
                    case "device": device = FixValues.Scaled(Text(reader), 0); break;
                    case "speed": speed = FixValues.Scaled(Text(reader), 2); break;
                    case "heading": heading = FixValues.Scaled(Text(reader), 1); break;
                    case "accuracy": accuracy = FixValues.Scaled(Text(reader), 1); break;
                    case "battery": battery = FixValues.Scaled(Text(reader), 0); break;
                    case "flags": flags = (long?)ExportFields.Parse(Text(reader)) ?? -1; break;
                }
            }
        }

        return FixValues.Line(number, worker, device, time, longitude, latitude, speed, heading, accuracy, altitude, battery, flags);
    }

    /// <summary>The text of the element, which ends at its own end: the next <see cref="Next"/> goes past it.</summary>
    private static string Text(XmlReader reader)
    {
        if (reader.IsEmptyElement)
        {
            return "";
        }

        var text = "";
        while (Next(reader) && reader.NodeType != XmlNodeType.EndElement)
        {
            text += reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA ? reader.Value : "";
            if (text.Length > MostText)
            {
                throw new InvalidDataException("A text is longer than any of an export of tracks.");
            }
        }

        return text;
    }

    private static bool Next(XmlReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (XmlException e)
        {
            throw new InvalidDataException($"The file is no whole GPX: {e.Message}", e);
        }
    }
}
