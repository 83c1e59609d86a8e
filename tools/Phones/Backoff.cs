namespace CommandCenter.Phones;

/// <summary>
/// How long a phone waits before it tries again: doubling from <paramref name="First"/> to <paramref name="Longest"/>, half of it by chance, so that
/// phones which lost the server together do not come back together.
/// </summary>
public sealed record Backoff(TimeSpan First, TimeSpan Longest)
{
    /// <summary>A Retry-After longer than this is a mistake of the server's and is cut.</summary>
    private static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(5);

    public static readonly Backoff Default = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    /// <param name="failures">How many tries in a row have failed, from 1.</param>
    /// <param name="asked">The server's Retry-After: never come earlier than that.</param>
    /// <param name="chance">0 to below 1.</param>
    public TimeSpan After(int failures, TimeSpan? asked, double chance)
    {
        var grown = First * Math.Pow(2, Math.Clamp(failures - 1, 0, 20));
        var own = (grown < Longest ? grown : Longest) * (0.5 + (chance / 2));
        if (asked is not { } least || least <= TimeSpan.Zero)
        {
            return own;
        }

        least = least < LongestAsked ? least : LongestAsked;
        return least + (TimeSpan.FromTicks(Math.Min(own.Ticks, least.Ticks)) * (chance / 4));
    }
}
