using System.Text;
using CommandCenter.Positions.Protocols;

namespace CommandCenter.Tests.Positions.Protocols;

public sealed class ReportTimeTests
{
    [TestCase("1377177267", 1_377_177_267_000, Description = "seconds")]
    [TestCase("1377177267.5", 1_377_177_267_500, Description = "seconds with a fraction")]
    [TestCase("1442068686579", 1_442_068_686_579, Description = "milliseconds")]
    [TestCase("2016-01-27T18:55:47Z", 1_453_920_947_000)]
    [TestCase("2025-06-15T13:45:12.862Z", 1_749_995_112_862)]
    [TestCase("2025-06-15T21:45:12.862+08:00", 1_749_995_112_862)]
    [TestCase("2025-06-15T21:45:12+0800", 1_749_995_112_000)]
    [TestCase("2025-06-15T21:45:12.862 08:00", 1_749_995_112_862, Description = "a plus that was not percent-encoded")]
    [TestCase("2025-06-15T13:45:12", 1_749_995_112_000, Description = "no zone is UTC")]
    [TestCase("2014-06-04 09:10:11", 1_401_873_011_000, Description = "Traccar's own form")]
    [TestCase(" 1377177267 ", 1_377_177_267_000)]
    [TestCase("0", 0)]
    public void Reads(string text, long expected)
    {
        Assert.That(ReportTime.TryParse(Encoding.ASCII.GetBytes(text), out var time), Is.True);
        Assert.That(time, Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase("yesterday")]
    [TestCase("NaN")]
    [TestCase("Infinity")]
    [TestCase("1e300")]
    [TestCase("12:00")]
    [TestCase("2025-13-45T99:99:99Z")]
    [TestCase("2025-06-15")]
    [TestCase("2025-06-15T13:45:12.862Z but later, much later than that")]
    [TestCase("二〇二五年六月十五日一三时四五分一二秒")]
    public void RefusesWhatIsNoTime(string text) => Assert.That(ReportTime.TryParse(Encoding.UTF8.GetBytes(text), out _), Is.False);
}
