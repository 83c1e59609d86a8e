namespace CommandCenter.Coverage;

/// <summary>
/// Shares the time between two fixes over the squares that the straight line between them crosses, in proportion to the way in each. Moments are whole milliseconds, rounded where
/// the line crosses a border, so that the shares always add up. Pure.
/// </summary>
public static class CellWalk
{
    /// <summary>From a fix to the next. Coordinates are in squares, i.e. metres ÷ <see cref="CoverageCell.Meters"/>.</summary>
    /// <param name="stays">Takes each square with a share of at least a millisecond, in the order of the way.</param>
    public static void Add(double fromX, double fromY, long fromMs, double toX, double toY, long toMs, CellStays stays)
    {
        var (column, row) = ((int)Math.Floor(fromX), (int)Math.Floor(fromY));
        var (lastColumn, lastRow) = ((int)Math.Floor(toX), (int)Math.Floor(toY));
        var at = fromMs;
        var (dx, dy, ms) = (toX - fromX, toY - fromY, (double)(toMs - fromMs));

        // How far along the line, 0 to 1, the next border to the side and the next one ahead are crossed.
        var (stepColumn, stepRow) = (Math.Sign(lastColumn - column), Math.Sign(lastRow - row));
        var nextColumn = stepColumn == 0 ? double.PositiveInfinity : (BorderOf(column, stepColumn) - fromX) / dx;
        var nextRow = stepRow == 0 ? double.PositiveInfinity : (BorderOf(row, stepRow) - fromY) / dy;
        while (column != lastColumn || row != lastRow)
        {
            var along = Math.Clamp(Math.Min(nextColumn, nextRow), 0, 1);
            var crossed = Math.Clamp(fromMs + (long)Math.Round(along * ms), at, toMs);
            stays.Add(new CoverageCell(column, row), at, crossed);
            at = crossed;
            if (nextColumn <= nextRow)
            {
                column += stepColumn;
                nextColumn = column == lastColumn ? double.PositiveInfinity : (BorderOf(column, stepColumn) - fromX) / dx;
            }
            else
            {
                row += stepRow;
                nextRow = row == lastRow ? double.PositiveInfinity : (BorderOf(row, stepRow) - fromY) / dy;
            }
        }

        stays.Add(new CoverageCell(column, row), at, toMs);
    }

    private static int BorderOf(int square, int step) => step > 0 ? square + 1 : square;
}
