using System.Text.Json;
using System.Text.RegularExpressions;
using CommandCenter.Tests.Contracts;

namespace CommandCenter.Tests.Operations;

/// <summary>No engine builds the image here, so what the Dockerfile says is held against the repository and the server.</summary>
public sealed partial class DockerfileTests
{
    private static readonly string[] Lines = File.ReadAllText(Path.Combine(Committed.Root, "Dockerfile")).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n');

    private static IEnumerable<string> Copied => Lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from=", StringComparison.Ordinal))
        .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..^1]);

    [Test]
    public void CopiesWhatThereIs() =>
        Assert.That(Copied.Where(path => !File.Exists(Path.Combine(Committed.Root, path)) && !Directory.Exists(Path.Combine(Committed.Root, path))), Is.Empty);

    [Test]
    public void CopiesNothingThatDockerignoreKeepsOut()
    {
        var let = File.ReadAllLines(Path.Combine(Committed.Root, ".dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();

        Assert.That(Copied.Select(path => path.Split('/')[0]).Distinct(), Is.SubsetOf(let));
    }

    [Test]
    public void RestoresEveryProjectThatTheServerNeeds()
    {
        var needed = new HashSet<string>();
        Follow("src/CommandCenter/CommandCenter.csproj");

        Assert.That(needed, Is.SubsetOf(Copied));
        Assert.That(needed, Has.Count.GreaterThan(1));

        void Follow(string project)
        {
            if (needed.Add(project))
            {
                foreach (Match reference in Reference().Matches(File.ReadAllText(Path.Combine(Committed.Root, project))))
                {
                    var path = Path.GetFullPath(Path.Combine(Committed.Root, Path.GetDirectoryName(project)!, reference.Groups[1].Value));
                    Follow(Path.GetRelativePath(Committed.Root, path).Replace('\\', '/'));
                }
            }
        }
    }

    [Test]
    public void StartsTheServerWithArgumentsThatItKnows()
    {
        var words = JsonSerializer.Deserialize<string[]>(Lines.Single(line => line.StartsWith("ENTRYPOINT ", StringComparison.Ordinal))["ENTRYPOINT ".Length..])!;
        var arguments = words[(Array.IndexOf(words, "/app/CommandCenter.dll") + 1)..];

        var line = CommandLine.Parse(arguments);

        Assert.That(line.Demo, Is.False);
        Assert.That(line.Urls, Is.EqualTo("http://0.0.0.0:8080"));
        Assert.That(line.Settings["Storage:DataFolder"], Is.EqualTo("/data"));
        Assert.That(Lines, Has.Member("VOLUME /data").And.Member("EXPOSE 8080").And.Member("USER app"));
    }

    [Test]
    public void PinsEveryImageByItsMajorVersion() => Assert.That(
        Lines.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)), Has.All.Matches(@"^FROM \S+:\d+[\w.-]*( AS \w+)?$"));

    [GeneratedRegex("<ProjectReference Include=\"([^\"]+)\"")]
    private static partial Regex Reference();
}
