using CommandCenter.Positions;

namespace CommandCenter.Tests.Positions;

public sealed class PositionOptionsTests
{
    [Test]
    public void DefaultsAreValid() => Assert.That(Validate(new PositionOptions()), Is.Empty);

    [Test]
    public void NamesTheKeyThatIsWrong()
    {
        var errors = Validate(new PositionOptions { OsmandPort = 70_000, InaccurateMeters = double.NaN, MaxAgeDays = 0 });
        Assert.That(errors, Has.Count.EqualTo(3));
        Assert.That(string.Join(' ', errors), Does.Contain("Positions:OsmandPort is 70000").And.Contain("Positions:InaccurateMeters").And.Contain("Positions:MaxAgeDays"));
    }

    [Test]
    public void ABatchMustFitIntoADevicesBurst() =>
        Assert.That(Validate(new PositionOptions { DeviceBurst = 4_999 }), Has.Exactly(1).Contains("Positions:DeviceBurst"));

    private static List<string> Validate(PositionOptions options) => [.. new PositionOptionsValidation().Validate(null, options).Failures ?? []];
}
