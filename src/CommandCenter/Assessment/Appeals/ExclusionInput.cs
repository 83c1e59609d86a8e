using CommandCenter.Assessment.Scores;
using CommandCenter.Http;

namespace CommandCenter.Assessment.Appeals;

/// <summary>Reads what excludes which days.</summary>
internal sealed record ExclusionInput(string Kind, DateOnly From, DateOnly To, string? Note)
{
    public const int MostDays = 366;
    private const int MaxNoteLength = 500;

    private static readonly Dictionary<string, int> Kinds = new() { ["leave"] = 0, ["rest-day"] = 1, ["no-signal"] = 2 };

    /// <summary>Null after a refusal.</summary>
    public static ExclusionInput? Read(string prefix, string? kind, string? from, string? to, string? note, Arguments arguments)
    {
        var word = arguments.Required(prefix + "kind", kind, 20);
        arguments.OneOf(prefix + "kind", word, Kinds);
        var first = ScoreArguments.Day(prefix + "from", from, arguments);
        var end = ScoreArguments.Day(prefix + "to", to, arguments);
        var words = arguments.Optional(prefix + "note", note, MaxNoteLength);
        if (first is null || end is null)
        {
            arguments.Refuse(prefix + (first is null ? "from" : "to"), "a day such as 2026-01-31");
        }
        else if (end <= first || end.Value.DayNumber - first.Value.DayNumber > MostDays)
        {
            arguments.Refuse(prefix + "to", $"1 to {MostDays} days after 'from'");
        }

        return arguments.Problem is null ? new ExclusionInput(word, first!.Value, end!.Value, words) : null;
    }
}
