using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace CommandCenter.Tests.Architecture;

/// <summary>Imports run down one table of floors, and slices on one floor never import each other (docs/decisions/0006-floors.md).</summary>
public sealed partial class FloorTests
{
    private static readonly string[][] Floors =
    [
        ["Program"],
        ["Demo"],
        ["Import"],
        ["Wall"],
        ["Assessment"],
        ["Coverage"],
        ["Dispatch"],
        ["Alarms"],
        ["Positions"],
        ["Tracks"],
        ["Workers", "Basemaps", "Streets"],
        ["Access"],
        ["Areas"],
        ["Jobs"],
        ["Web"],
        ["Http", "Geo", "Storage", "Telemetry"],
        ["Contracts"],
    ];

    [Test]
    public void ImportsRunDownTheFloors()
    {
        var wrong = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Source(), "*.cs", SearchOption.AllDirectories).Where(IsOurs))
        {
            var slice = SliceOf(file);
            foreach (Match import in Imports().Matches(File.ReadAllText(file)))
            {
                var other = import.Groups[1].Value;
                if (other != slice && FloorOf(other) <= FloorOf(slice))
                {
                    wrong.Add($"{Path.GetRelativePath(Source(), file)} ({slice}) imports {other}");
                }
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void EveryFolderHasItsFloor() => Assert.That(
        Directory.EnumerateFiles(Source(), "*.cs", SearchOption.AllDirectories).Where(IsOurs).Select(SliceOf).Distinct(),
        Is.SubsetOf(Floors.SelectMany(floor => floor)));

    private static int FloorOf(string slice)
    {
        var floor = Array.FindIndex(Floors, names => names.Contains(slice));
        Assert.That(floor, Is.GreaterThanOrEqualTo(0), $"{slice} has no floor");
        return floor;
    }

    private static string SliceOf(string file)
    {
        var parts = Path.GetRelativePath(Source(), file).Split(Path.DirectorySeparatorChar);
        return parts.Length == 1 ? "Program" : parts[0];
    }

    private static bool IsOurs(string file) =>
        !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        && !file.Contains("node_modules", StringComparison.Ordinal);

    private static string Source([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "CommandCenter"));

    [GeneratedRegex(@"^(?:global )?using (?:static )?CommandCenter\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Imports();
}
