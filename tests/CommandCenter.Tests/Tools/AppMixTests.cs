using CommandCenter.Phones;
using CommandCenter.Simulator;

namespace CommandCenter.Tests.Tools;

internal sealed class AppMixTests
{
    [Test]
    public void DealsAppsOutByShares()
    {
        var mix = AppMix.Parse("traccar=1, owntracks=0.6,batch=0.4", out var fault)!;
        Assert.That(fault, Is.Empty);
        var apps = Enumerable.Range(0, 2_000).Select(i => mix.AppOf(Streets.Worker(i), 1)).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(apps.Count(a => a is TraccarFormApp or TraccarNestedApp or TraccarArrayApp), Is.EqualTo(1_000).Within(80));
            Assert.That(apps.Count(a => a is OwnTracksApp), Is.EqualTo(600).Within(70));
            Assert.That(apps.Count(a => a is BatchApp), Is.EqualTo(400).Within(60));
            Assert.That(apps.Any(a => a is OsmandQueryApp), Is.False);
        });
    }

    [TestCase("traccar")]
    [TestCase("fax=1")]
    [TestCase("traccar=-1")]
    [TestCase("traccar=NaN")]
    [TestCase("traccar=1e999")]
    [TestCase("traccar=0")]
    [TestCase("")]
    public void SaysWhatIsNoMix(string text)
    {
        Assert.That(AppMix.Parse(text, out var fault), Is.Null);
        Assert.That(fault, Does.StartWith("--mix: "));
    }
}
