namespace CommandCenter.Assessment.Boards;

/// <summary>Who stands on a board. Pure.</summary>
internal static class BoardRules
{
    public const int MonthPlaces = 10;
    public const int QuarterPlaces = 5;
    public const int YearPlaces = 3;

    /// <summary>Best first. Equal totals share a rank and the next one counts all before it; who shares the last place is on the board, too.</summary>
    /// <param name="totals">In any order.</param>
    /// <param name="total">Of one; to four decimals.</param>
    /// <param name="places">On the board.</param>
    public static IReadOnlyList<(int Rank, T Item)> Of<T>(IEnumerable<T> totals, Func<T, double> total, int places)
    {
        var board = new List<(int, T)>();
        var (rank, before, count) = (0, double.NaN, 0);
        foreach (var item in totals.OrderByDescending(total))
        {
            count++;
            if (total(item) != before)
            {
                (rank, before) = (count, total(item));
            }

            if (rank > places)
            {
                break;
            }

            board.Add((rank, item));
        }

        return board;
    }

    /// <summary>A year's total: the mean of the closed months' totals, for who has one in more than half of them; null otherwise.</summary>
    public static double? Year(IReadOnlyCollection<double> totals, int months) => totals.Count * 2 > months ? Math.Round(totals.Average(), 4) : null;
}
