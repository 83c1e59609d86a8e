using CommandCenter.Alarms;
using CommandCenter.Alarms.Webhooks;

namespace CommandCenter.Tests.Alarms;

public sealed class AlarmPressesTests
{
    [TestCase(112.5, 37.8, true)]
    [TestCase(0.0, 0.0, false)]
    [TestCase(181.0, 0.0, false)]
    [TestCase(double.NaN, 37.8, false)]
    [TestCase(null, 37.8, false)]
    public void APositionThatIsNoneOnEarthIsNone(double? longitude, double? latitude, bool there) =>
        Assert.That(AlarmPresses.IsOnEarth(longitude, latitude), Is.EqualTo(there));

    [Test]
    public void ALongNoteIsCutBetweenCharacters()
    {
        var note = AlarmPresses.NoteOf(new string('a', 499) + "😀😀");
        Assert.That(note, Is.EqualTo(new string('a', 499)));
        Assert.That(AlarmPresses.NoteOf("a\0b\nc"), Is.EqualTo("a b c"));
        Assert.That(AlarmPresses.NoteOf("   "), Is.Null);
    }

    [Test]
    public void MomentsThatNoCalendarHoldsBecomeItsFirstAndLast()
    {
        Assert.That(AlarmTimes.Of(long.MinValue), Is.EqualTo(DateTimeOffset.MinValue));
        Assert.That(AlarmTimes.Of(long.MaxValue), Is.EqualTo(DateTimeOffset.MaxValue).Within(TimeSpan.FromMilliseconds(1)));
    }

    [Test]
    public void ASignatureIsTheMacOfTimeAndBody() => Assert.That(
        HookSender.Signature("a key of sixteen chars", 1_750_000_000_000, "{}"),
        Is.EqualTo("t=1750000000000,v1=d6321e56f47f72d8349a0abf47ef821536fcc4ace993c8d613d7ce9db4ef648e"));

    [Test]
    public void AWebhookNeedsAnAddressAndAKey()
    {
        var wrong = new WebhookOptions { Urls = { ["sms"] = "ftp://x", ["phone"] = "http://x/" }, Keys = { ["phone"] = "short" } };
        Assert.That(new WebhookOptionsValidation().Validate(null, wrong).Failures, Has.Exactly(3).Items);
    }
}
