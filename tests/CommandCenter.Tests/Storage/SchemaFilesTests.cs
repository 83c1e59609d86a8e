using CommandCenter.Storage;

namespace CommandCenter.Tests.Storage;

public sealed class SchemaFilesTests
{
    private static readonly IReadOnlyList<SchemaFile> Files = SchemaMigrations.FilesOf(typeof(SchemaMigrations).Assembly);

    [Test]
    public void NumbersAreDenseSoThatNoFileSlipsInBehindAnAppliedOne() =>
        Assert.That(Files.Select(file => file.Number), Is.EqualTo(Enumerable.Range(1, Files.Count)));

    [Test]
    public void ChecksumsDoNotDependOnLineEnds() =>
        Assert.That(SchemaFile.Of(1, "x", "a\r\nb\r\n").Checksum, Is.EqualTo(SchemaFile.Of(1, "x", "a\nb").Checksum));

    [Test]
    public void OnlyWhatIsMissingIsDone()
    {
        SchemaRow[] applied = [new(Files[0].Number, Files[0].Name, Files[0].Checksum)];
        Assert.That(SchemaMigrations.Missing(Files, applied), Is.EqualTo(Files.Skip(1)));
    }
}
