using System.Text.RegularExpressions;
using CommandCenter.Tests.Contracts;

namespace CommandCenter.Tests.Operations;

/// <summary>
/// Logs are kept long and read by many, so no line may hold a name, a phone, a place, a path or a secret. What may stand in a line is listed here: a new
/// word is a decision.
/// </summary>
public sealed partial class LogTemplateTests
{
    private static readonly HashSet<string> Allowed = new(StringComparer.Ordinal)
    {
        // Numbers and sizes.
        "Added", "Areas", "Attempt", "Attempts", "Bytes", "Changed", "Count", "Erased", "Fixes", "Lines", "Lost", "Number", "Percent", "ProcessId", "Rows", "Seconds", "Status", "Version", "Workers", "X", "Y", "Z",

        // Our own parts by their names, and what is wrong with them.
        "Addresses", "Backend", "Child", "Condition", "Error", "Folder", "From", "Kind", "LastLine", "Line", "Map", "Name", "Outcome", "Partition", "Path", "Position", "Reason", "Route", "Step", "TraceId",
        "To", "Trouble", "Until",

        // Numbers of rows, by which the database is asked who that is.
        "Account", "DeviceId", "Id", "WorkerId",

        // When a damaged track was; an export by its number, its format and the sum of its bytes.
        "Day", "Export", "Format", "Hour", "Sha256",
    };

    private static IEnumerable<(string File, string Text)> Templates() =>
        from file in Directory.EnumerateFiles(Path.Combine(Committed.Root, "src", "CommandCenter"), "*.cs", SearchOption.AllDirectories)
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        from Match match in Template().Matches(File.ReadAllText(file))
        select (Path.GetFileName(file), match.Groups[1].Value);

    [Test]
    public void HoldNothingOfAnybody()
    {
        var templates = Templates().ToList();

        Assert.That(templates, Has.Count.GreaterThan(40), "templates are found");
        Assert.That(
            from template in templates
            from Match placeholder in Placeholder().Matches(template.Text)
            where !Allowed.Contains(placeholder.Groups[1].Value)
            select $"{template.File}: {template.Text}",
            Is.Empty);
    }

    [Test]
    public void AreTheOnlyWayIntoTheLog() => Assert.That(
        from file in Directory.EnumerateFiles(Path.Combine(Committed.Root, "src", "CommandCenter"), "*.cs", SearchOption.AllDirectories)
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        where Direct().IsMatch(File.ReadAllText(file))
        select Path.GetFileName(file),
        Is.Empty);

    [GeneratedRegex("""\[LoggerMessage\([^"\]]*"((?:[^"\\]|\\.)*)"\)\]""")]
    private static partial Regex Template();

    [GeneratedRegex(@"\{(\w+)(?::[^}]*)?\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\.Log(Trace|Debug|Information|Warning|Error|Critical)\(")]
    private static partial Regex Direct();
}
