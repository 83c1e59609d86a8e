using System.Diagnostics;

namespace CommandCenter.IntegrationTests.Harness;

/// <summary>Waits for something that another process or loop will bring about, instead of sleeping for a guessed time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Returns how long it took; fails the test with <paramref name="what"/> when it does not come true.</summary>
    public static async Task<TimeSpan> TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? within = null)
    {
        var patience = within ?? Patience;
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (await condition())
            {
                return clock.Elapsed;
            }

            Assert.That(clock.Elapsed, Is.LessThan(patience), $"did not happen in time: {what}");
            await Task.Delay(20);
        }
    }

    public static Task<TimeSpan> TrueAsync(Func<bool> condition, string what, TimeSpan? within = null) => TrueAsync(() => Task.FromResult(condition()), what, within);
}
