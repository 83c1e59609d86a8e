using System.Globalization;
using CommandCenter.Assessment.Periods;
using CommandCenter.Assessment.Scoring;
using CommandCenter.Http;

namespace CommandCenter.Assessment.Scores;

/// <summary>What a period's scores are asked for by.</summary>
internal sealed record ScoreArguments(PeriodKind Period, SubjectKind Subject, DateOnly? Starts, int? Version)
{
    private const int MostVersions = 100_000;

    public static ScoreArguments? Read(string period, string? subject, string? starts, string? version, Arguments arguments)
    {
        var kind = arguments.OneOf("period", period, PeriodRules.Words);
        var of = arguments.OneOf("subject", subject, SubjectKinds.Words) ?? SubjectKind.Worker;
        var day = Day("starts", starts, arguments);
        int? number = null;
        if (!string.IsNullOrEmpty(version))
        {
            number = int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed is >= 1 and <= MostVersions ? parsed : null;
            if (number is null)
            {
                arguments.Refuse("version", "a whole number from 1");
            }
        }

        return arguments.Problem is null && kind is { } known ? new ScoreArguments(known, of, day is { } some ? PeriodRules.Of(known, some).Starts : null, number) : null;
    }

    /// <summary>A day such as 2026-01-31; null where it is missing.</summary>
    public static DateOnly? Day(string name, string? value, Arguments arguments)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 9999)
        {
            return day;
        }

        arguments.Refuse(name, "a day such as 2026-01-31");
        return null;
    }
}
