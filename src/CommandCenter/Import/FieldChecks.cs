using System.Text.RegularExpressions;
using CommandCenter.Areas;
using CommandCenter.Contracts.Import;
using CommandCenter.Http;

namespace CommandCenter.Import;

/// <summary>Fields of a row, each by the rule that the endpoint for a single one has.</summary>
internal static partial class FieldChecks
{
    /// <summary>A code, or null with a problem.</summary>
    public static string? Code(this ImportProblems problems, int row, string? ofRow, string field, string? value)
    {
        if (problems.IsMissing(row, ofRow, field, value))
        {
            return null;
        }

        if (Shortened().IsMatch(value!))
        {
            problems.Error(row, ofRow, field, ImportFault.Invalid, Spoiled(field));
            return null;
        }

        var arguments = new Arguments();
        var code = AreaRules.CheckCode(value, arguments, field);
        return problems.Accept(arguments, row, ofRow, field) ? code : null;
    }

    /// <summary>A text that must be there, or null with a problem.</summary>
    public static string? Text(this ImportProblems problems, int row, string? ofRow, string field, string? value, int maxLength) =>
        problems.IsMissing(row, ofRow, field, value) ? null : problems.OptionalText(row, ofRow, field, value, maxLength);

    /// <summary>A text, null when blank or with a problem.</summary>
    public static string? OptionalText(this ImportProblems problems, int row, string? ofRow, string field, string? value, int maxLength)
    {
        var arguments = new Arguments();
        var text = arguments.Optional(field, value, maxLength);
        return problems.Accept(arguments, row, ofRow, field) ? text : null;
    }

    public static bool IsMissing(this ImportProblems problems, int row, string? ofRow, string field, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            problems.Error(row, ofRow, field, ImportFault.Missing, $"It has no {field}.");
            return true;
        }

        return false;
    }

    /// <summary>
    /// Digits alone, with a plus before a foreign country's: spaces, hyphens and brackets go, wide digits become narrow, and China's own prefix
    /// is left off a mobile number. Null when blank or with a problem.
    /// </summary>
    public static string? Phone(this ImportProblems problems, int row, string? ofRow, string? value)
    {
        const string Field = "phone";
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        if (Shortened().IsMatch(value.Trim()))
        {
            problems.Error(row, ofRow, Field, ImportFault.Invalid, Spoiled(Field));
            return null;
        }

        var phone = string.Concat(value.Select(Narrow).Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '(' or ')' or '.' or '\'' or '\u2010' or '\u2013' or '\u2014')));
        var mobile = ChinesePrefix().Replace(phone, "");
        if (Number().IsMatch(mobile))
        {
            return mobile;
        }

        problems.Error(row, ofRow, Field, ImportFault.Invalid, "'phone' must be 3 to 15 digits, with a + before those of another country.");
        return null;
    }

    // The wide forms of ASCII, U+FF01 to U+FF5E, stand in its order.
    private static char Narrow(char c) => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c;

    private static string Spoiled(string field) =>
        $"The spreadsheet shortened this {field} like a number (1.4E+11): format its column as text, and enter or export it again.";

    [GeneratedRegex(@"^\d(\.\d+)?[eE]\+\d+$")]
    private static partial Regex Shortened();

    [GeneratedRegex(@"^(\+|00)86(?=1\d{10}$)")]
    private static partial Regex ChinesePrefix();

    [GeneratedRegex(@"^\+?\d{3,15}$")]
    private static partial Regex Number();
}
