namespace CommandCenter.Tracks.Reimport;

/// <summary>Which fixes of a file may be put back whatever their age, and which the store lacks. Pure.</summary>
internal static class ReimportRules
{
    /// <summary>The moment is in a span that is held for a case: the sweep would let such a fix be, so it may come back.</summary>
    public static bool Holds(IEnumerable<(long FromMs, long ToMs)> held, long ms) => held.Any(span => span.FromMs <= ms && ms < span.ToMs);

    /// <summary>Adds to <paramref name="missing"/> what is not stored. One stored otherwise stays as it is: a file corrects nothing.</summary>
    /// <param name="fixes">One worker's, in <see cref="FixOrder"/> and without repeats.</param>
    /// <param name="stored">The same worker's, likewise.</param>
    /// <param name="missing">Grows.</param>
    /// <param name="counts">Told of the others.</param>
    public static void Missing(IEnumerable<Fix> fixes, ReadOnlySpan<Fix> stored, List<Fix> missing, ReimportCounts counts)
    {
        var at = 0;
        foreach (var fix in fixes)
        {
            while (at < stored.Length && FixOrder.CompareIdentity(stored[at], fix) < 0)
            {
                at++;
            }

            if (at == stored.Length || FixOrder.CompareIdentity(stored[at], fix) != 0)
            {
                missing.Add(fix);
            }
            else if (stored[at] == fix)
            {
                counts.Present++;
            }
            else
            {
                counts.Differing++;
            }
        }
    }
}
