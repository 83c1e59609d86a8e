using CommandCenter.Contracts.Access;
using CommandCenter.Http;

namespace CommandCenter.Access;

/// <summary>What names and passwords of accounts must be like. Pure.</summary>
public static class AccountRules
{
    public const int MaxUserLength = 64;
    public const int MinPasswordLength = 10;
    public const int MaxPasswordLength = 256;

    public static string CheckUser(string? user, Arguments arguments)
    {
        var name = user?.Trim() ?? "";
        if (name.Length is 0 or > MaxUserLength || !name.All(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or '@'))
        {
            arguments.Refuse("user", $"1 to {MaxUserLength} letters, digits, dots, hyphens, underscores or @");
        }

        return name;
    }

    /// <summary>Null when it is missing: <paramref name="needed"/> says whether that is a problem.</summary>
    public static AccountRole? CheckRole(string? role, bool needed, Arguments arguments)
    {
        var known = arguments.OneOf("role", role, Permissions.Roles);
        if (known is null && needed)
        {
            arguments.Refuse("role", "one of " + string.Join(", ", Permissions.Roles.Keys));
        }

        return known;
    }

    /// <summary>Long enough is what counts; rules about kinds of characters make people write passwords down.</summary>
    public static void CheckPassword(string? password, Arguments arguments)
    {
        if (password is not { Length: >= MinPasswordLength and <= MaxPasswordLength } || password.Distinct().Count() < 4)
        {
            arguments.Refuse("password", $"{MinPasswordLength} to {MaxPasswordLength} characters, four of them different");
        }
    }
}
