using CommandCenter.LoadGenerator.Runs;
using CommandCenter.Positions.Log;
using CommandCenter.Tracks;

namespace CommandCenter.Tests.Tools.LoadGenerator;

public sealed class TargetTests
{
    [TestCase("localhost", true)]
    [TestCase("127.0.0.9", true)]
    [TestCase("[::1]", true)]
    [TestCase("10.0.0.1", false)]
    [TestCase("center.example.org", false)]
    [TestCase(null, false)]
    public void LoadsThisMachineAlone(string? host, bool own) => Assert.That(TargetOptions.IsLoopback(host), Is.EqualTo(own));

    [Test]
    public void ReadsHowManyFixesABatchOfTheLogHolds()
    {
        var batch = new byte[LogBatchCodec.HeaderBytes + (300 * LogBatchCodec.MaxFixBytes)];
        LogBatchCodec.Encode(new Fix[300], 1, batch);
        Assert.That(RedisBaseline.FixesOf(batch), Is.EqualTo(300));
    }
}
