using System.Diagnostics;
using System.Text.RegularExpressions;
using CommandCenter.Storage;
using CommandCenter.Tests.Contracts;

namespace CommandCenter.Tests.Operations;

/// <summary>No engine runs the services here, so what the file says is held against what the server asks of its backends and knows as options.</summary>
public sealed partial class ComposeTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Committed.Root, "tools", "compose.yaml"));

    [Test]
    public void SetsOptionsThatThereAre()
    {
        var set = Variable().Matches(Text).Select(match => Place().Replace(match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal), ":N")).ToList();

        Assert.That(set, Has.Count.GreaterThan(3));
        Assert.That(set, Is.SubsetOf(OptionsReference.Keys));
    }

    [Test]
    public void GivesARedisThatTheServerCallsDurable()
    {
        var settings = Text.Split('\n').Select(line => line.Trim().Split(' ')).Where(words => words.Length == 2).GroupBy(words => words[0]).ToDictionary(group => group.Key, group => group.Last()[1]);

        Assert.That(BackendDurability.JudgeRedis(settings), Is.Null);
        Assert.That(BackendDurability.JudgeRedis(new Dictionary<string, string>()), Is.Not.Null, "the judge looks");
    }

    [Test]
    public void GivesAPostgresThatTheServerCallsDurable()
    {
        var settings = Setting().Matches(Text).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

        Assert.That(BackendDurability.JudgePostgres(settings), Is.Null);
    }

    [Test]
    public void KeepsTheLogBelowWhatRedisMayTake()
    {
        var log = long.Parse(Regex.Match(Text, "PositionLog__MaxBytes: \"([0-9]+)\"").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        var redis = long.Parse(Regex.Match(Text, "maxmemory ([0-9]+)gb").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) << 30;

        Assert.That(log, Is.LessThanOrEqualTo(redis * 7 / 10));
    }

    [Test]
    public void TakesPasswordsFromFilesThatItsScriptMakesAndNoRepositoryHolds()
    {
        var files = Regex.Matches(Text, @"file: \./secrets/(\S+)").Select(match => match.Groups[1].Value).ToList();
        var script = File.ReadAllText(Path.Combine(Committed.Root, "tools", "compose-secrets"));

        Assert.That(files, Has.Count.EqualTo(4));
        Assert.That(files.Where(file => !script.Contains($"make {file}\n", StringComparison.Ordinal)), Is.Empty);
        Assert.That(File.ReadAllLines(Path.Combine(Committed.Root, ".gitignore")), Has.Member("tools/secrets/"));
        Assert.That(Text, Does.Not.Match("(?i)password: +[^*${ /]"));
    }

    [Test]
    public async Task KeepsThePasswordsThatWereMadeOnce()
    {
        var folder = Directory.CreateTempSubdirectory("commandcenter-compose-");
        try
        {
            var script = Path.Combine(folder.FullName, "compose-secrets");
            File.Copy(Path.Combine(Committed.Root, "tools", "compose-secrets"), script);
            var first = await MakeAsync(script);
            var second = await MakeAsync(script);

            Assert.That(first, Has.Count.EqualTo(4).And.EquivalentTo(second));
            Assert.That(first["ConnectionStrings__Postgres"], Does.StartWith("Host=postgres;").And.EndWith(";Password=" + first["postgres-password"]));
            Assert.That(first["ConnectionStrings__Redis"], Is.EqualTo("redis:6379,password=" + first["redis-password"]));
            Assert.That(first["redis-password"], Does.Match("^[0-9a-f]{48}$").And.Not.EqualTo(first["postgres-password"]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Dictionary<string, string>> MakeAsync(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("bash") { ArgumentList = { script }, RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero);
        return Directory.EnumerateFiles(Path.Combine(Path.GetDirectoryName(script)!, "secrets")).ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
    }

    [Test]
    public void PublishesOnLoopbackUnlessToldOtherwise() =>
        Assert.That(Regex.Matches(Text, @"ports: \[(.*)\]").Select(match => match.Groups[1].Value), Is.EqualTo(new[] { "\"${COMMANDCENTER_LISTEN:-127.0.0.1:8080}:8080\"" }));

    [Test]
    public void PinsEveryImage() =>
        Assert.That(Regex.Matches(Text, @"^ +image: (\S+)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value).ToList(), Has.Count.EqualTo(3).And.All.Matches(@":\d"));

    [GeneratedRegex(@"^ {6}([A-Z][A-Za-z]+__\w+):", RegexOptions.Multiline)]
    private static partial Regex Variable();

    [GeneratedRegex(@":\d+(?=:|$)")]
    private static partial Regex Place();

    [GeneratedRegex(@"^ {6}- (\w+)=(\w+)$", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
