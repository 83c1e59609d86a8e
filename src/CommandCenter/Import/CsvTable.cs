using CommandCenter.Contracts.Import;
using CsvHelper;

namespace CommandCenter.Import;

/// <summary>A column of a file by its name in our answers, and by what a header may call it.</summary>
internal sealed record CsvColumn(string Name, bool Required, params string[] Headers)
{
    /// <summary>Case, spaces, hyphens and underscores do not tell headers apart.</summary>
    public static string Plain(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('_' or '-' or '\uFEFF'))).ToLowerInvariant();
}

/// <summary>A row that is not blank. <paramref name="Values"/> are trimmed, by column of the reader's; null where the file has no such column.</summary>
internal sealed record CsvRow(int Row, IReadOnlyList<string?> Values);

/// <summary>
/// Reads CSV as spreadsheets write it: separated by commas, semicolons or tabs, columns in any order and named in either language. A line is a
/// row: a bad quote costs its own line and no more.
/// </summary>
internal static class CsvTable
{
    private const int LongestRow = 1 << 16;
    private const int LongestHeader = 200;

    /// <summary>All rows, or null and why the file as a whole cannot be read.</summary>
    public static IReadOnlyList<CsvRow>? Read(
        ImportText text, IReadOnlyList<CsvColumn> columns, int maxRows, ImportProblems problems, out ImportRefusal? refusal)
    {
        var options = new CsvReaderOptions
        {
            HasHeader = false,
            TrimWhitespace = true,
            AllowLineBreaksInQuotes = false,
            MaxRecordSize = LongestRow,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Skip,
            OnMalformedRecord = record => problems.Error(
                (int)record.LineNumber, null, null, ImportFault.BrokenRow, "A quote in it does not end, or there is text beside one."),
        };
        using var reader = CsvReader.Create(text.Utf8Bytes, options);
        try
        {
            return Read(reader, columns, maxRows, problems, out refusal);
        }
        catch (CsvFormatException e)
        {
            refusal = ImportRefusals.Unreadable("not-csv", $"The file is no CSV from line {e.LineNumber} on.");
            return null;
        }
    }

    private static List<CsvRow>? Read(
        CsvReader reader, IReadOnlyList<CsvColumn> columns, int maxRows, ImportProblems problems, out ImportRefusal? refusal)
    {
        refusal = ImportRefusals.Empty();
        int[]? places = null;
        var fields = 0;
        var rows = new List<CsvRow>();
        while (reader.Read())
        {
            var values = reader.Current.ToArray();
            if (values.All(string.IsNullOrWhiteSpace))
            {
                continue;
            }

            if (places is null)
            {
                fields = values.Length;
                places = Find(columns, values, out refusal);
                if (places is null)
                {
                    return null;
                }

                continue;
            }

            var line = (int)reader.LineNumber;
            if (values.Length < fields || values.Skip(fields).Any(value => !string.IsNullOrWhiteSpace(value)))
            {
                problems.Error(line, null, null, ImportFault.BrokenRow, $"It has {values.Length} fields, the header {fields}.");
            }
            else
            {
                rows.Add(new CsvRow(line, [.. places.Select(at => at < 0 ? null : values[at].Trim())]));
            }

            if (rows.Count > maxRows)
            {
                refusal = ImportRefusals.TooMany(maxRows, "rows");
                return null;
            }
        }

        return places is null ? null : rows;
    }

    private static int[]? Find(IReadOnlyList<CsvColumn> columns, string[] header, out ImportRefusal? refusal)
    {
        refusal = null;
        var plain = Array.ConvertAll(header, CsvColumn.Plain);
        var places = new int[columns.Count];
        for (var i = 0; i < columns.Count; i++)
        {
            var column = columns[i];
            var found = Enumerable.Range(0, plain.Length).Where(at => plain[at] == CsvColumn.Plain(column.Name) || column.Headers.Contains(plain[at])).ToList();
            if (found.Count > 1 || (found.Count == 0 && column.Required))
            {
                refusal = ImportRefusals.Unreadable(
                    "bad-header", $"The first row must name one column {column.Name} ({string.Join(", ", column.Headers)}); it names: {Shown(header)}.");
                return null;
            }

            places[i] = found.Count == 0 ? -1 : found[0];
        }

        return places;
    }

    private static string Shown(string[] header)
    {
        var text = new string([.. string.Join(", ", header).Where(c => !char.IsControl(c))]);
        return text.Length > LongestHeader ? text[..LongestHeader] + "…" : text;
    }
}
