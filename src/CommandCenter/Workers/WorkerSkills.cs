using CommandCenter.Http;

namespace CommandCenter.Workers;

/// <summary>What skills must be like: short words of the district's own, in the order they were given, none twice. Pure.</summary>
public static class WorkerSkills
{
    public const int Most = 10;
    public const int MaxLength = 32;
    private const string Rule = "up to 10 skills of 1 to 32 characters each, without separators";

    /// <summary>What separates them in a file's cell.</summary>
    private static readonly char[] Separators = ['、', ';', '；', ',', '，', '|', '/'];

    /// <summary>Null when they are not given; refuses what breaks the rule.</summary>
    public static string[]? Check(IReadOnlyList<string>? skills, Arguments arguments, string name = "skills")
    {
        if (skills is null)
        {
            return null;
        }

        var plain = Plain(skills);
        if (skills.Count > Most * 2 || !AreSkills(plain))
        {
            arguments.Refuse(name, Rule);
        }

        return plain;
    }

    /// <summary>Of a file's cell; null when they break the rule.</summary>
    public static string[]? Parse(string cell) => Plain(cell.Split(Separators)) is var plain && AreSkills(plain) ? plain : null;

    public static bool Same(IReadOnlyList<string> a, IReadOnlyList<string> b) => a.SequenceEqual(b, StringComparer.Ordinal);

    /// <summary>Letters of any case are the same word.</summary>
    public static bool Has(IReadOnlyList<string> skills, string skill) => skills.Contains(skill, StringComparer.OrdinalIgnoreCase);

    private static string[] Plain(IEnumerable<string?> skills) =>
        [.. skills.Select(skill => skill?.Trim() ?? "").Where(skill => skill.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static bool AreSkills(string[] skills) =>
        skills.Length <= Most && skills.All(skill => skill.Length <= MaxLength && skill.IndexOfAny(Separators) < 0 && !skill.Any(char.IsControl));
}
