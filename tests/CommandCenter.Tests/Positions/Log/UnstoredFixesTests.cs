using CommandCenter.Positions.Log;

namespace CommandCenter.Tests.Positions.Log;

public sealed class UnstoredFixesTests
{
    [Test]
    public void ATimerThatRingsAfterTheEndFindsNothingToDo()
    {
        var fixes = new UnstoredFixes(new LogTail(null!, 0, TimeSpan.FromSeconds(1)), null!, 0, 10);
        fixes.Forget();

        fixes.Dispose();

        Assert.That(fixes.Forget, Throws.Nothing);
    }
}
