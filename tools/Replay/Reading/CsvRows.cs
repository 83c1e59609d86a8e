using CsvHelper;

namespace CommandCenter.Replay.Reading;

/// <summary>CsvHelper as the readers here use it: rows of text with their line numbers, rows bounded, a bad quote costs one row.</summary>
internal static class CsvRows
{
    private const int LongestRow = 1 << 20;

    /// <summary>Every row is data to CsvHelper; a null separator is detected from the first lines, among comma, semicolon, tab and bar.</summary>
    public static CsvReaderOptions Options(char? separator = null, CsvMode mode = CsvMode.Rfc4180) => new()
    {
        Separator = separator,
        HasHeader = false,
        Mode = mode,
        TrimWhitespace = true,
        AllowLineBreaksInQuotes = false,
        MaxRecordSize = LongestRow,
        TrackLineNumbers = true,
    };

    /// <summary>Calls with each row's fields and its line, until it says no or the sink is full.</summary>
    public static void ForEach(Stream input, CsvReaderOptions options, TrackSink sink, Func<string[], long, bool> row)
    {
        using var reader = CsvReader.Create(input, options, leaveOpen: true);
        try
        {
            while (!sink.IsFull && reader.Read() && row(reader.Current.ToArray(), reader.LineNumber))
            {
            }
        }
        catch (CsvFormatException error)
        {
            sink.Skip(error.LineNumber, "expected delimited text; nothing after this is read: " + error.Message);
        }
    }
}
