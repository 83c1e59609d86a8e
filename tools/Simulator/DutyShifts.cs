namespace CommandCenter.Simulator;

/// <summary>
/// Who is on duty when: everyone has one hour off a day. The hours follow one another evenly round the clock in an order thrown by the
/// seed, so that at no minute more than a twenty-fourth (and one) is off: 151 of 3,605.
/// </summary>
public sealed class DutyShifts
{
    private const long DayMs = 86_400_000;
    private const long OffMs = 3_600_000;

    private readonly long[] _offFromMs;

    private DutyShifts(long[] offFromMs) => _offFromMs = offFromMs;

    public static DutyShifts Of(IReadOnlyList<PlannedWorker> workers, int seed)
    {
        var offFrom = new long[workers.Count];
        var order = Enumerable.Range(0, workers.Count).OrderBy(i => Dice.Of(seed, workers[i].Code, "shift").Next()).ToArray();
        for (var rank = 0; rank < order.Length; rank++)
        {
            offFrom[order[rank]] = DayMs * rank / order.Length;
        }

        return new DutyShifts(offFrom);
    }

    /// <param name="worker">By its place in the list.</param>
    /// <param name="atMs">ms since 1970 UTC.</param>
    public bool IsOnDuty(int worker, long atMs)
    {
        var sinceOff = ((atMs % DayMs) - _offFromMs[worker] + DayMs) % DayMs;
        return sinceOff >= OffMs;
    }
}
