namespace CommandCenter.Simulator;

/// <summary>Chance that repeats: SplitMix64 (Steele, Lea, Flood 2014), whose whole state is one number that a pure step can carry along.</summary>
public struct Dice(ulong state)
{
    public ulong State { get; private set; } = state;

    /// <summary>The dice of one worker: the same code and seed always throw the same.</summary>
    public static Dice Of(int seed, string code, string purpose)
    {
        var hash = 14_695_981_039_346_656_037UL ^ (uint)seed; // FNV-1a: string.GetHashCode differs from run to run
        foreach (var letter in code.AsSpan())
        {
            hash = (hash ^ letter) * 1_099_511_628_211UL;
        }

        foreach (var letter in purpose.AsSpan())
        {
            hash = (hash ^ letter) * 1_099_511_628_211UL;
        }

        return new Dice(hash);
    }

    /// <summary>0 to below 1.</summary>
    public double Next()
    {
        var z = State += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    public double Between(double low, double high) => low + ((high - low) * Next());

    /// <summary>Mean 0, deviation 1, never beyond 3: twelve throws would be exact enough, four are plenty here.</summary>
    public double Bell() => (Next() + Next() + Next() + Next() - 2) * 1.7320508;
}
