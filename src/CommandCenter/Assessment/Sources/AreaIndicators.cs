using CommandCenter.Areas;
using CommandCenter.Assessment.Scoring;
using CommandCenter.Contracts.Areas;
using CommandCenter.Coverage;

namespace CommandCenter.Assessment.Sources;

/// <summary>What the areas' period amounts to: squares of the lowest ones and alarms where they were, the people at home for the rest, summed up the tree. Pure.</summary>
internal sealed class AreaIndicators
{
    private static readonly string[] OfPeople = [IndicatorIds.AlarmArrived, IndicatorIds.AssignmentsOnTime, IndicatorIds.PatrolRegularity, IndicatorIds.HoursOnline, IndicatorIds.Mileage];

    private readonly AreaTree _tree;
    private readonly Dictionary<int, SubjectSources> _areas = [];
    private readonly Dictionary<int, VisitedSquares> _squares = [];
    private readonly Dictionary<int, List<AlarmFact>> _alarms = [];
    private readonly Dictionary<CoverageTile, List<VisitedSquares>> _byTile = [];

    public AreaIndicators(AreaTree tree)
    {
        _tree = tree;
        foreach (var node in tree.Nodes)
        {
            if (KindOf(node) is { } kind)
            {
                _areas[node.Area.Id] = new SubjectSources(kind, node.Area.Code, node.Area.Id, null);
            }
        }
    }

    /// <summary>Areas that are assessed and have none below them that is: their squares are counted.</summary>
    public IEnumerable<AreaNode> Lowest => _tree.Nodes.Where(node => KindOf(node) is not null && !node.Children.Any(child => KindOf(child) is not null));

    public static SubjectKind? KindOf(AreaNode node) => node.Area.Kind switch
    {
        AreaKind.Grid => SubjectKind.Grid,
        AreaKind.Community => SubjectKind.Community,
        AreaKind.Subdistrict => SubjectKind.Subdistrict,
        _ => null,
    };

    /// <param name="node">One of <see cref="Lowest"/>.</param>
    /// <param name="ground">Its squares.</param>
    /// <param name="spans">When they are due.</param>
    /// <param name="calendar">A span all of whose days are excluded is not due.</param>
    public void AddGround(AreaNode node, GroundArea ground, CoverageSpans spans, ExclusionCalendar calendar)
    {
        var due = new bool[spans.Count];
        for (var span = 0; span < due.Length; span++)
        {
            var kinds = spans.DaysOf(span).Select(day => calendar.Of(node.Area.Id, day)).ToList();
            due[span] = kinds.Contains(null);
            if (!due[span])
            {
                _areas[node.Area.Id][IndicatorIds.GridCoverage].Exclude(kinds[0]!, ground.Count);
            }
        }

        var squares = new VisitedSquares(ground, spans, due);
        _squares[node.Area.Id] = squares;
        for (var row = ground.FirstRow >> CoverageTile.Bits; ground.Count > 0 && row <= (ground.EndRow - 1) >> CoverageTile.Bits; row++)
        {
            for (var column = ground.FirstColumn >> CoverageTile.Bits; column <= (ground.EndColumn - 1) >> CoverageTile.Bits; column++)
            {
                if (!_byTile.TryGetValue(new CoverageTile(column, row), out var there))
                {
                    _byTile[new CoverageTile(column, row)] = there = [];
                }

                there.Add(squares);
            }
        }
    }

    /// <summary>Days in their order.</summary>
    public void AddTile(DateOnly day, CoverageTile tile, IReadOnlyList<CellTotal> cells)
    {
        if (!_byTile.TryGetValue(tile, out var areas))
        {
            return;
        }

        foreach (var cell in cells)
        {
            if (cell.Visits > 0)
            {
                foreach (var squares in areas)
                {
                    squares.Add(day, cell.Cell);
                }
            }
        }
    }

    /// <summary>To the area that answers for it, and all above.</summary>
    public void AddAlarm(AlarmRecord alarm, PolicyTiming settings, long nowMs)
    {
        if (Assessed(alarm.AreaId) is not { } area)
        {
            return;
        }

        var tally = area[IndicatorIds.AlarmAcknowledged];
        var seconds = (alarm.AcknowledgedMs - alarm.ArrivedMs) / 1_000.0;
        if (alarm.Exercise)
        {
            tally.Exclude(WorkerIndicators.Exercise);
        }
        else if (seconds is null && nowMs - alarm.ArrivedMs < settings.AcknowledgeSeconds * 1_000L)
        {
            tally.Exclude(WorkerIndicators.Pending);
        }
        else
        {
            tally.Count(seconds <= settings.AcknowledgeSeconds);
            if (!_alarms.TryGetValue(area.AreaId, out var facts))
            {
                _alarms[area.AreaId] = facts = [];
            }

            if (facts.Count < Evidence.MostItems)
            {
                facts.Add(new AlarmFact(alarm.Id, alarm.Kind, alarm.ArrivedMs, alarm.AcknowledgedMs, seconds, seconds <= settings.AcknowledgeSeconds));
            }
        }
    }

    /// <summary>To the area that the worker is at home in, or the nearest one above that is assessed.</summary>
    public void AddWorker(SubjectSources worker) => Assessed(worker.AreaId)?.Add(worker, OfPeople);

    /// <summary>Once all is added: what is above holds what is below.</summary>
    public IEnumerable<SubjectSources> Sum()
    {
        foreach (var (id, squares) in _squares)
        {
            _areas[id][IndicatorIds.GridCoverage].Add(squares.Visited, squares.Due);
            if (squares.Due > 0)
            {
                _areas[id].Evidence[IndicatorIds.GridCoverage] = new Evidence(DueSpans: squares.DueSpans, Cells: squares.Runs());
            }
        }

        foreach (var (id, alarms) in _alarms)
        {
            _areas[id].Evidence[IndicatorIds.AlarmAcknowledged] = new Evidence(Alarms: alarms);
        }

        foreach (var node in _tree.Nodes.Reverse())
        {
            if (_areas.TryGetValue(node.Area.Id, out var area) && node.Parent is { } parent && Assessed(parent.Area.Id) is { } above)
            {
                above.Add(area, Indicators.Sourced);
            }
        }

        return _areas.Values;
    }

    private SubjectSources? Assessed(int areaId)
    {
        for (var node = _tree.Find(areaId); node is not null; node = node.Parent)
        {
            if (_areas.TryGetValue(node.Area.Id, out var area))
            {
                return area;
            }
        }

        return null;
    }
}
