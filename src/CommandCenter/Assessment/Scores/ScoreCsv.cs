using System.Globalization;
using System.Text;
using CommandCenter.Assessment.Periods;
using CommandCenter.Assessment.Sources;
using CommandCenter.Contracts.Assessment;

namespace CommandCenter.Assessment.Scores;

/// <summary>CSV as Excel opens it: UTF-8 with its mark, CRLF, a row a score. Text cells are never formulas.</summary>
internal static class ScoreCsv
{
    public const string ContentType = "text/csv; charset=utf-8";

    private static readonly string[] OfScore =
        ["period", "starts", "ends", "version", "state", "subject_kind", "subject", "name", "area", "area_name", "total", "band", "covered_weight", "why_no_total"];

    private static readonly string[] OfIndicator = ["numerator", "denominator", "points", "weight", "no_data"];

    public static string Of(AssessmentSnapshot snapshot, IEnumerable<ScoreRow> rows, ScoreNames names)
    {
        string[] indicators = [.. Indicators.Sourced, .. Indicators.Missing];
        var text = new StringBuilder("\uFEFF");
        Line(text, [.. OfScore, .. indicators.SelectMany(indicator => OfIndicator.Select(column => $"{indicator.Replace('-', '_')}_{column}"))]);
        foreach (var row in rows)
        {
            var body = row.Body is null ? null : ScoreBody.Read(row.Body);
            var by = (body?.Indicators ?? []).ToDictionary(one => one.Indicator, StringComparer.Ordinal);
            List<string?> cells =
            [
                snapshot.Period, snapshot.Starts, snapshot.Ends, Number(snapshot.Version), snapshot.State, row.Kind.Word(),
                Cell(names.CodeOf(row.WorkerId, row.AreaId, row.IsOfPerson, row.Subject)), Cell(names.Of(row.WorkerId, row.AreaId, row.IsOfPerson)),
                Cell(names.AreaCode(row.AreaId)), Cell(names.AreaName(row.AreaId)),
                Number(row.Total), Cell(row.Band), Number(row.CoveredWeight), Cell(body?.WhyNoTotal),
            ];
            foreach (var indicator in indicators)
            {
                var one = by.GetValueOrDefault(indicator);
                cells.AddRange([Number(one?.Numerator), Number(one?.Denominator), Number(one?.Points), Number(one?.EffectiveWeight), Cell(one?.NoData)]);
            }

            Line(text, cells);
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, IReadOnlyList<string?> cells) => text.AppendJoin(',', cells).Append("\r\n");

    private static string Number(double? value) => value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";

    /// <summary>Quoted; what a spreadsheet would take for a formula gets an apostrophe before it.</summary>
    private static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return "";
        }

        var risky = value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\'' or '＝' or '＋' or '－' or '＠';
        return $"\"{(risky ? "'" : "")}{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
