using System.Numerics;

namespace CommandCenter.LoadGenerator.Measuring;

/// <summary>
/// Counts of durations in microseconds: 32 steps to each doubling, so that a quantile is wrong by at most 3 %. One writer; readers may look
/// at any time and see counts of about that moment.
/// </summary>
internal sealed class Histogram
{
    private const int StepsLog2 = 5;
    private const int Steps = 1 << StepsLog2;

    /// <summary>Up to 2^37 µs, more than a day.</summary>
    private const int Octaves = 32;

    private readonly long[] _counts = new long[Steps * (Octaves + 1)];

    public long Count { get; private set; }

    public void Add(long microseconds)
    {
        _counts[IndexOf(microseconds)]++;
        Count++;
    }

    public void Add(Histogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
    }

    /// <summary>What came after <paramref name="earlier"/>, a copy of this one.</summary>
    public Histogram Since(Histogram earlier)
    {
        var difference = new Histogram();
        for (var i = 0; i < _counts.Length; i++)
        {
            difference._counts[i] = _counts[i] - earlier._counts[i];
            difference.Count += difference._counts[i];
        }

        return difference;
    }

    public Histogram Copy() => Since(new Histogram());

    /// <summary>Milliseconds below which that share of all lies; null when there are none.</summary>
    public double? Milliseconds(double share)
    {
        if (Count == 0)
        {
            return null;
        }

        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        var seen = 0L;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
            {
                return UpperEdge(i) / 1_000.0;
            }
        }

        return UpperEdge(_counts.Length - 1) / 1_000.0;
    }

    // Below 32 each number has its own place; above, the five bits after the leading one choose the step.
    private static int IndexOf(long value)
    {
        if (value < Steps)
        {
            return (int)Math.Max(0, value);
        }

        var octave = BitOperations.Log2((ulong)value) - StepsLog2;
        return octave >= Octaves
            ? (Steps * (Octaves + 1)) - 1
            : (Steps * (octave + 1)) + (int)((value >> octave) & (Steps - 1));
    }

    private static long UpperEdge(int index)
    {
        var octave = (index / Steps) - 1;
        return octave < 0 ? index : ((Steps + (index % Steps) + 1L) << octave) - 1;
    }
}
