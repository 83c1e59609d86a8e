using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CommandCenter.Tracks.Exports;

/// <summary>How much an export asks for, or may.</summary>
public sealed record ExportSize(int Workers, int Days, long Fixes);

/// <summary>A way to ask for it in several exports: so many <paramref name="Requests"/> of at most these sizes.</summary>
public sealed record ExportSplit(int WorkersEach, int DaysEach, int Requests);

/// <summary>Whether an export is too large, and how it fits. Pure.</summary>
public static class ExportLimits
{
    /// <summary>Null: it fits.</summary>
    public static ExportSplit? Split(ExportSize asked, ExportSize allowed)
    {
        if (asked.Workers <= allowed.Workers && asked.Days <= allowed.Days && asked.Fixes <= allowed.Fixes)
        {
            return null;
        }

        var workers = Math.Min(asked.Workers, allowed.Workers);
        var days = Math.Min(asked.Days, allowed.Days);

        // Fixes are spread about evenly over workers and days: fewer days each while there are several, then fewer workers.
        var each = Math.Max(1, asked.Fixes / ((double)asked.Workers * asked.Days));
        days = (int)Math.Clamp(allowed.Fixes / (each * workers), 1, days);
        workers = (int)Math.Clamp(allowed.Fixes / (each * days), 1, workers);
        return new ExportSplit(workers, days, Parts(asked.Workers, workers) * Parts(asked.Days, days));
    }

    /// <summary>400, with what is allowed and how to split what was asked for.</summary>
    public static ProblemHttpResult Problem(ExportSize asked, ExportSize allowed, ExportSplit split) => TypedResults.Problem(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{asked.Workers} workers, {asked.Days} days and about {asked.Fixes} fixes are asked for; one export holds at most {allowed.Workers} workers, {allowed.Days} days and {allowed.Fixes} fixes. Ask for {split.WorkersEach} workers and {split.DaysEach} days at a time: {split.Requests} exports."),
        statusCode: StatusCodes.Status400BadRequest,
        title: "Too much at once",
        type: "/problems/too-much",
        extensions: new Dictionary<string, object?> { ["reason"] = "too-much", ["asked"] = asked, ["allowed"] = allowed, ["split"] = split });

    private static int Parts(int whole, int each) => (whole + each - 1) / each;
}
