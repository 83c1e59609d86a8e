using CommandCenter.Storage;

namespace CommandCenter.Tests.Storage;

public sealed class ExitCodeTests
{
    [Test]
    public void NumbersThatOperatorsScriptAgainstStayWhatTheyAre() =>
        Assert.That(
            Enum.GetValues<ExitCode>().ToDictionary(code => code.ToString(), code => (int)code),
            Is.EquivalentTo(new Dictionary<string, int>
            {
                ["Stopped"] = 0,
                ["Failed"] = 1,
                ["Usage"] = 2,
                ["NewerData"] = 3,
                ["PortInUse"] = 4,
                ["MissingTool"] = 5,
                ["DataFolderInUse"] = 6,
                ["OtherMode"] = 7,
            }));
}
