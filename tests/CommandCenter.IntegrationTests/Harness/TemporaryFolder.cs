namespace CommandCenter.IntegrationTests.Harness;

/// <summary>A folder for one test, deleted after it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("commandcenter-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
