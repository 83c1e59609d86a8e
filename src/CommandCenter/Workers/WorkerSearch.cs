namespace CommandCenter.Workers;

/// <summary>What <c>search=</c> finds. Pure.</summary>
public static class WorkerSearch
{
    /// <summary>Fewer digits are in nearly every number.</summary>
    private const int FewestDigits = 3;

    /// <param name="worker">Of the roster.</param>
    /// <param name="text">Part of a name, a code, a skill or a phone number, in any case; the number's own spaces and hyphens are ignored.</param>
    /// <param name="withPhone">Only for those who may see numbers: a search that finds by number tells it.</param>
    public static bool Matches(Worker worker, string text, bool withPhone) =>
        worker.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
        || worker.Code.Contains(text, StringComparison.OrdinalIgnoreCase)
        || worker.Skills.Any(skill => skill.Contains(text, StringComparison.OrdinalIgnoreCase))
        || (withPhone && worker.Phone is { } phone && MatchesPhone(phone, text));

    /// <summary>The same text for <c>ilike</c>: what PostgreSQL takes for a wildcard stands for itself.</summary>
    public static string PatternOf(string text) =>
        $"%{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";

    private static bool MatchesPhone(string phone, string text)
    {
        Span<char> wanted = stackalloc char[text.Length <= 64 ? text.Length : 0];
        var length = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c) && length < wanted.Length)
            {
                wanted[length++] = c;
            }
            else if (c is not (' ' or '-' or '+' or '(' or ')'))
            {
                return false;
            }
        }

        if (length < FewestDigits)
        {
            return false;
        }

        Span<char> digits = stackalloc char[WorkerRules.MaxPhoneLength];
        var count = 0;
        foreach (var c in phone)
        {
            if (char.IsAsciiDigit(c) && count < digits.Length)
            {
                digits[count++] = c;
            }
        }

        return digits[..count].IndexOf(wanted[..length]) >= 0;
    }
}
