using CommandCenter.Contracts.Areas;
using CommandCenter.Contracts.Workers;

namespace CommandCenter.Demo;

/// <summary>
/// People for the areas: a leader per community, a worker per ordinary grid and auxiliaries in the micro-grids, all on duty; and reserves at home
/// in the communities, off duty but for the few whose phones a visitor may be.
/// </summary>
internal sealed class DemoRoster(DemoPlan plan, IReadOnlyList<DemoArea> areas, Dictionary<string, List<DemoFace>> leaves, DemoStreetNet streets)
{
    private readonly Random _random = new(plan.Seed + 2);
    private readonly List<DemoWorker> _workers = [];
    /// <summary>What some of them can do, and that every so-manieth can: some can do two things, most none of these.</summary>
    private static readonly (string Skill, int Every)[] Skills = [("急救", 7), ("消防", 11), ("水电维修", 13), ("手语", 41)];

    private readonly string[] _given = plan.GivenNames.Split(' ');

    public IReadOnlyList<DemoWorker> Generate()
    {
        var communities = areas.Where(area => area.Kind == AreaKind.Community).ToList();
        var microgrids = areas.Where(area => area.Kind == AreaKind.Microgrid).ToList();
        foreach (var community in communities)
        {
            Add(community, WorkerRole.GridLeader, onDuty: true);
        }

        foreach (var grid in areas.Where(area => area.GridType == GridType.Ordinary))
        {
            Add(grid, WorkerRole.GridWorker, onDuty: true);
        }

        for (var n = 0; n < plan.Numbers.Auxiliaries; n++)
        {
            Add(microgrids[(int)((long)n * microgrids.Count / plan.Numbers.Auxiliaries)], WorkerRole.Auxiliary, onDuty: true);
        }

        var called = plan.SimulatedExcept.ToHashSet();
        for (var n = 0; n < plan.Numbers.Reserves; n++)
        {
            var home = communities[n % communities.Count];
            Add(home, WorkerRole.Reserve, onDuty: called.Remove(home.Parent!));
        }

        return _workers;
    }

    // Names repeat, as in life; the numbers are made up, one after the other.
    private void Add(DemoArea home, WorkerRole role, bool onDuty)
    {
        var number = _workers.Count + 1;
        var faces = leaves[home.Code];
        var name = plan.Surnames[Math.Min(_random.Next(plan.Surnames.Length), _random.Next(plan.Surnames.Length))] + _given[_random.Next(_given.Length)];
        _workers.Add(new DemoWorker(
            $"YZ{number:00000}",
            name,
            role,
            home.Code,
            $"139000{number:00000}",
            onDuty,
            streets.SomeNode(faces[_random.Next(faces.Count)], _random),
            string.Join('\n', Skills.Where(skill => number % skill.Every == 0).Select(skill => skill.Skill))));
    }
}
