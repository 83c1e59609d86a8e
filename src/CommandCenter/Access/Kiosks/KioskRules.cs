using System.Globalization;
using System.Security.Cryptography;
using CommandCenter.Areas;
using CommandCenter.Contracts.Access;
using CommandCenter.Http;

namespace CommandCenter.Access.Kiosks;

/// <summary>What a kiosk's settings must be like, and its codes. Pure but for the dice.</summary>
public static class KioskRules
{
    /// <summary>With its prefix it still fits where accounts' names go.</summary>
    public const int MaxNameLength = 40;
    public const int MaxViews = 50;
    public const int MinSeconds = 5;
    public const int MaxSeconds = 3_600;
    public const int CodeLength = 6;

    /// <summary>Without letters and digits that look alike across a room: 31^6 is 890 million codes.</summary>
    private const string CodeAlphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    private static readonly string[] Languages = ["zh-CN", "en"];
    private static readonly string[] Styles = ["night", "day", "auto"];

    public static string NewCode() => RandomNumberGenerator.GetString(CodeAlphabet, CodeLength);

    /// <summary>The code as it was shown, however it was typed; the empty string after a refusal.</summary>
    public static string CheckCode(string? typed, Arguments arguments)
    {
        if (typed is { Length: <= 40 })
        {
            var code = string.Concat(typed.Where(c => !char.IsWhiteSpace(c) && c is not '-')).ToUpperInvariant();
            if (code.Length == CodeLength && code.All(c => CodeAlphabet.Contains(c, StringComparison.Ordinal)))
            {
                return code;
            }
        }

        arguments.Refuse("code", $"the {CodeLength} letters and digits that the display shows");
        return "";
    }

    /// <summary>
    /// The settings to store; null for 403, when an area lies outside the viewer's own. When <paramref name="arguments"/> holds a problem
    /// neither means anything.
    /// </summary>
    public static KioskDraft? Check(KioskChange kiosk, AreaScope scope, Arguments arguments)
    {
        var name = arguments.Required("name", kiosk.Name, MaxNameLength);
        var areaCode = AreaRules.CheckCode(kiosk.Area, arguments, "area");
        var language = Word("language", kiosk.Language, Languages, arguments);
        var style = Word("style", kiosk.Style, Styles, arguments);
        var reloadAt = CheckTime(kiosk.ReloadAt, arguments);
        var area = scope.Resolve(areaCode);
        if (area is null)
        {
            return null;
        }

        var views = CheckViews(kiosk.Views ?? [], area, scope.Tree, arguments);
        return new KioskDraft(name, area.Area.Id, language, style, views, reloadAt);
    }

    private static List<KioskStop> CheckViews(IReadOnlyList<KioskView?> views, AreaNode area, AreaTree tree, Arguments arguments)
    {
        if (views.Count > MaxViews)
        {
            arguments.Refuse("views", $"at most {MaxViews}");
            return [];
        }

        var stops = new List<KioskStop>(views.Count);
        for (var i = 0; i < views.Count; i++)
        {
            if (views[i] is not { Area: { } code, Seconds: >= MinSeconds and <= MaxSeconds } view)
            {
                arguments.Refuse($"views[{i}]", $"an area's code and {MinSeconds} to {MaxSeconds} seconds");
            }
            else if (tree.Find(code) is { } node && area.Contains(node))
            {
                stops.Add(new KioskStop(node.Area.Id, view.Seconds));
            }
            else
            {
                // Not there at all and elsewhere are one answer.
                arguments.Refuse($"views[{i}].area", "the code of an area in the kiosk's own");
            }
        }

        return stops;
    }

    private static string Word(string name, string? value, string[] allowed, Arguments arguments)
    {
        if (string.IsNullOrEmpty(value))
        {
            return allowed[0];
        }

        if (!allowed.Contains(value, StringComparer.Ordinal))
        {
            arguments.Refuse(name, "one of " + string.Join(", ", allowed));
        }

        return value;
    }

    private static string? CheckTime(string? value, Arguments arguments)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        if (!TimeOnly.TryParseExact(value, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            arguments.Refuse("reloadAt", "a time of day such as 03:30");
        }

        return value;
    }
}
