using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using CommandCenter.Basemaps;
using CommandCenter.Telemetry;
using CommandCenter.Tests.Contracts;

namespace CommandCenter.Tests.Operations;

/// <summary>Every key that an operator can set, as the code has it: names and defaults by reflection, meanings and bounds as they stand in the source.</summary>
internal static partial class OptionsReference
{
    /// <summary>Keys that no options class holds.</summary>
    private static readonly (string Key, string Default, string Bounds, string Meaning)[] Others =
    [
        ("ConnectionStrings:Postgres", "–", "secret", "PostgreSQL to use; empty: the server starts its own in the data folder."),
        ("ConnectionStrings:Redis", "–", "secret", "Redis to use; empty: the server starts its own in the data folder."),
        ("Secrets:Folder", "–", "", "Folder of files named after keys, with `__` for the colons: Docker's secrets, systemd's credentials."),
        ("Urls", "http://localhost:8080", "", "Addresses to listen on, separated by semicolons (`--port`, `--listen`)."),
        ("Demo:Enabled", "true for a new data folder with the server's own PostgreSQL", "true, false", "Demo district and people (`--demo`, `--no-demo`); loopback only."),
        ("Demo:Size", "district", "district, small", "How much of the demo district to make; read when it is made."),
        ("Logging:LogLevel:Default", "Information", "Trace … None", "What is logged; also for one category, such as `Logging:LogLevel:Npgsql`."),
        ("Logging:Console:FormatterName", "simple", "simple, json", "json: one JSON object a line, for machines."),
    ];

    public static IReadOnlyList<Type> Classes { get; } =
        [.. typeof(CommandLine).Assembly.GetTypes().Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && SectionOf(type) is not null).OrderBy(SectionOf, StringComparer.Ordinal)];

    /// <summary>Every key, with N for the place in a list.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. Others.Select(other => other.Key), .. Classes.SelectMany(type => RowsOf(type)).Select(row => row.Key)];

    public static string ToMarkdown()
    {
        var page = new StringBuilder();
        page.Append(
            $"""
            # Configuration

            Every key, its default and its bounds. Made from the code and checked by its tests: after a change of an options class, `{Committed.UpdateVariable}=1 dotnet test tests/CommandCenter.Tests
            --filter FullyQualifiedName~ConfigurationReference` makes it anew.

            A key is given on the command line (`--Section:Key=VALUE`), as a file in `Secrets:Folder` or in the environment (`Section__Key`), or in `appsettings.json`; the first of these wins. Lists are numbered from 0
            (`Web:TrustedProxies:0`). A value out of bounds ends the server at once with exit status 2 and the key's name. Nothing is read again while it runs.

            ## Backends, addresses, demo, log

            | key | default | bounds | meaning |
            |---|---|---|---|

            """);
        foreach (var (key, standard, bounds, meaning) in Others)
        {
            Row(page, key, standard, bounds, meaning);
        }

        foreach (var type in Classes)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {SectionOf(type)}\n\n{SummaryOf(SourceOf(type), $"class {type.Name}")}\n\n| key | default | bounds | meaning |\n|---|---|---|---|\n");
            foreach (var (key, standard, bounds, meaning) in RowsOf(type))
            {
                Row(page, key, standard, bounds, meaning);
            }
        }

        return page.ToString();
    }

    private static void Row(StringBuilder page, string key, string standard, string bounds, string meaning) =>
        page.Append(CultureInfo.InvariantCulture, $"| `{key}` | {standard} | {bounds} | {meaning.Replace("|", "\\|", StringComparison.Ordinal)} |\n");

    private static string? SectionOf(Type type) => type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as string;

    private static IEnumerable<(string Key, string Default, string Bounds, string Meaning)> RowsOf(Type type) => RowsOf(type, SectionOf(type)!, SourceOf(type));

    private static IEnumerable<(string Key, string Default, string Bounds, string Meaning)> RowsOf(Type type, string section, string source)
    {
        var defaults = Activator.CreateInstance(type);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            var isList = property.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType);
            var isBound = property.SetMethod is not null || (isList && property.PropertyType != typeof(IReadOnlyList<string>));
            if (!isBound)
            {
                continue;
            }

            if (property.PropertyType == typeof(IList<BasemapEntry>))
            {
                foreach (var row in RowsOf(typeof(BasemapEntry), $"{section}:{property.Name}:N", source[source.IndexOf("class BasemapEntry", StringComparison.Ordinal)..]))
                {
                    yield return row;
                }

                continue;
            }

            var suffix = property.PropertyType == typeof(IDictionary<string, string>) ? ":NAME" : isList ? ":N" : "";
            yield return (
                $"{section}:{property.Name}{suffix}",
                isList ? "–" : Shown(property.GetValue(defaults)),
                BoundsOf(property, source),
                SummaryOf(source, @$"public [\w<>\[\], ]+ {property.Name} "));
        }
    }

    private static string Shown(object? value) => value switch
    {
        null or "" => "–",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string BoundsOf(PropertyInfo property, string source)
    {
        if (property.GetCustomAttribute<System.ComponentModel.DataAnnotations.RangeAttribute>() is { } range)
        {
            var most = range.Maximum is double.MaxValue or >= 9e18 ? "" : Shown(range.Maximum);
            return $"{Shown(range.Minimum)} – {most}".TrimEnd();
        }

        // Options that are judged by hand name their bounds there: Whole(nameof(options.Key), options.Key, 0, 3_600, "s").
        var judged = Regex.Match(source, @$"Whole\(nameof\(options\.{property.Name}\), options\.{property.Name}, (?<least>[\w.]+), (?<most>[\w* ]+), ");
        return judged.Success ? $"{Number(judged.Groups["least"].Value)} – {Number(judged.Groups["most"].Value)}"
            : Regex.IsMatch(source, @$"Real\(nameof\(options\.{property.Name}\)") ? "more than 0"
            : property.PropertyType == typeof(bool) ? "true, false"
            : "";
    }

    private static string Number(string text)
    {
        var factors = text.Replace("_", "", StringComparison.Ordinal).Split('*', StringSplitOptions.TrimEntries);
        return factors.All(factor => long.TryParse(factor, CultureInfo.InvariantCulture, out _))
            ? factors.Aggregate(1L, (product, factor) => product * long.Parse(factor, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture)
            : text.Replace("options.", "", StringComparison.Ordinal);
    }

    /// <summary>From the class's own summary to the end of its file.</summary>
    private static string SourceOf(Type type)
    {
        var text = Directory.EnumerateFiles(Path.Combine(Committed.Root, "src", "CommandCenter"), "*Options.cs", SearchOption.AllDirectories)
            .Select(file => File.ReadAllText(file).ReplaceLineEndings("\n"))
            .Single(text => text.Contains($"class {type.Name}\n", StringComparison.Ordinal));
        return text[text.LastIndexOf("/// <summary>", text.IndexOf($"class {type.Name}\n", StringComparison.Ordinal), StringComparison.Ordinal)..];
    }

    /// <summary>The summary right above what the pattern finds, as Markdown.</summary>
    private static string SummaryOf(string source, string pattern)
    {
        var member = Regex.Match(source, pattern);
        var above = member.Success ? source[..member.Index] : "";
        var begin = above.LastIndexOf("/// <summary>", StringComparison.Ordinal);
        if (begin < 0 || above.LastIndexOf(" get; ", StringComparison.Ordinal) > begin)
        {
            return "";
        }

        var end = above.IndexOf("</summary>", begin, StringComparison.Ordinal);
        var text = Slashes().Replace(above[(begin + "/// <summary>".Length)..end], " ").Trim();
        text = Tags().Replace(Code().Replace(text, "`$1`"), "`$1`");
        return System.Net.WebUtility.HtmlDecode(text);
    }

    [GeneratedRegex(@"\s*\n\s*///\s*")]
    private static partial Regex Slashes();

    [GeneratedRegex("<c>(.*?)</c>")]
    private static partial Regex Code();

    [GeneratedRegex("<see cref=\"(.*?)\" ?/>")]
    private static partial Regex Tags();
}
