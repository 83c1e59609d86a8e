using CommandCenter.Tests.Contracts;

namespace CommandCenter.Tests.Operations;

public sealed class ConfigurationReferenceTests
{
    [Test]
    public void NamesEveryOptionWithItsDefaultAndBounds()
    {
        var page = OptionsReference.ToMarkdown();

        Assert.That(OptionsReference.Classes, Has.Count.GreaterThanOrEqualTo(12), "options classes are found");
        Assert.That(page.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.EndsWith("|  |", StringComparison.Ordinal)), Is.Empty, "every option has a sentence");
        Committed.Compare("docs/configuration.md", page.ReplaceLineEndings("\n"));
    }
}
