using CommandCenter.Geo;

namespace CommandCenter.Coverage.Answers;

/// <summary>One measure of an area's squares, as every format of an answer is written from.</summary>
/// <param name="Measure">What the values are.</param>
/// <param name="Meters">Of a square's side: 25, 50 or 100.</param>
/// <param name="Column">Of the south-western square, in squares of that side.</param>
/// <param name="Row">Of the south-western square.</param>
/// <param name="Columns">0 for an area without ground.</param>
/// <param name="Rows">0 for an area without ground.</param>
/// <param name="Squares">Row by row from the south, each from the west: <see cref="Outside"/>, <see cref="NotPatrolled"/>, <see cref="NoData"/>, or a value + <see cref="FirstValue"/>.
/// Days are days, visits tenths a week, dwell seconds.</param>
/// <param name="Days">Of the window.</param>
/// <param name="Reckoned">How many of them were.</param>
public sealed record CoveragePicture(CoverageMeasure Measure, int Meters, int Column, int Row, int Columns, int Rows, int[] Squares, int Days, int Reckoned)
{
    public const int Outside = 0;
    public const int NotPatrolled = 1;
    public const int NoData = 2;
    public const int FirstValue = 3;

    /// <summary>Those that are patrolled, whether anything is known of them or not.</summary>
    public int Patrolled => Squares.Count(square => square >= NoData);

    /// <summary>What a square says to which nothing has happened: not visited; or, of blind spots, not blind. What is not known says nothing.</summary>
    public bool IsAtRest(int square) => square == NoData || (Measure == CoverageMeasure.Age ? IsLonger(square) : square == FirstValue);

    /// <summary>Those that say more.</summary>
    public int Telling => Squares.Count(square => square >= NoData && !IsAtRest(square));

    /// <summary>Row by row from the south.</summary>
    public IEnumerable<(int Column, int Row, int Square)> PatrolledSquares()
    {
        for (var at = 0; at < Squares.Length; at++)
        {
            if (Squares[at] >= NoData)
            {
                yield return (at % Columns, at / Columns, Squares[at]);
            }
        }
    }

    /// <summary>In squares of this size; of 25 m it is the <see cref="CoverageCell.Key"/>.</summary>
    public long KeyOf(int column, int row) => new CoverageCell(Column + column, Row + row).Key;

    /// <summary>More days than were looked back.</summary>
    public bool IsLonger(int square) => Measure.IsDays() && square == CoverageMeasures.Longer + FirstValue;

    /// <summary>Degrees of the south-western corner of the square so many columns and rows from the first.</summary>
    public (double Longitude, double Latitude) CornerAt(GaussKruger plane, int columns, int rows) =>
        plane.Unproject((Column + columns) * (double)Meters, (Row + rows) * (double)Meters);
}
