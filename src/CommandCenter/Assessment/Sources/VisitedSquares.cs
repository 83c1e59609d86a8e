using CommandCenter.Coverage;

namespace CommandCenter.Assessment.Sources;

/// <summary>In how many of the spans in which it was due each square of an area was visited. Pure.</summary>
/// <param name="ground">The area's squares.</param>
/// <param name="spans">When they are due.</param>
/// <param name="due">By span; false: excluded.</param>
internal sealed class VisitedSquares(GroundArea ground, CoverageSpans spans, bool[] due)
{
    private readonly int[] _visited = new int[ground.Count];
    private readonly int[] _last = NoSpans(ground.Count);

    public GroundArea Ground => ground;

    public int DueSpans { get; } = due.Count(span => span);

    public int Visited { get; private set; }

    public int Due => ground.Count * DueSpans;

    /// <summary>Days in their order; a square counts once a span.</summary>
    public void Add(DateOnly day, CoverageCell cell)
    {
        if (ground.PlaceOf(cell) is var place && place >= 0 && spans.SpanOf(day) is var span && span >= 0 && due[span] && _last[place] != span)
        {
            _last[place] = span;
            _visited[place]++;
            Visited++;
        }
    }

    public List<CellRun> Runs() => ground.Runs(_visited);

    private static int[] NoSpans(int count)
    {
        var spans = new int[count];
        Array.Fill(spans, -1);
        return spans;
    }
}
