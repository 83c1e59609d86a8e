namespace CommandCenter.Assessment.Sources;

/// <summary>What an indicator amounts to, before it is scored: sums, so that an area's is that of its people and a quarter's that of its months.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, double> _excluded = new(StringComparer.Ordinal);

    public double Numerator { get; private set; }

    public double Denominator { get; private set; }

    /// <summary>By its kind, in the unit of the denominator.</summary>
    public IReadOnlyDictionary<string, double> Excluded => _excluded;

    public void Count(bool good) => Add(good ? 1 : 0, 1);

    public void Add(double numerator, double denominator)
    {
        Numerator += numerator;
        Denominator += denominator;
    }

    public void Exclude(string kind, double amount = 1)
    {
        if (amount > 0)
        {
            _excluded[kind] = _excluded.GetValueOrDefault(kind) + amount;
        }
    }

    public void Add(Tally other)
    {
        Add(other.Numerator, other.Denominator);
        foreach (var (kind, amount) in other._excluded)
        {
            Exclude(kind, amount);
        }
    }
}
