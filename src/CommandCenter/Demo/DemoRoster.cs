using CommandCenter.Contracts.Areas;
using CommandCenter.Contracts.Workers;

namespace CommandCenter.Demo;

/// <summary>
/// People for the areas: a leader per community, a worker per grid, some auxiliaries in micro-grids, and reserves who wait off duty.
/// </summary>
internal sealed class DemoRoster(DemoPlan plan, IReadOnlyList<DemoArea> areas, DemoStreetNet streets)
{
    // One in so many is off duty today, reserves aside.
    private const int RestEvery = 17;

    private readonly Random _random = new(plan.Seed + 2);
    private readonly List<DemoWorker> _workers = [];
    private readonly HashSet<string> _names = [];
    private readonly string[] _given = plan.GivenNames.Split(' ');

    public IReadOnlyList<DemoWorker> Generate()
    {
        var grids = 0;
        foreach (var area in areas)
        {
            switch (area.Kind)
            {
                case AreaKind.Subdistrict:
                    for (var n = 0; n < plan.ReservesPerSubdistrict; n++)
                    {
                        Add(area, WorkerRole.Reserve, onDuty: false);
                    }

                    break;
                case AreaKind.Community:
                    Add(area, WorkerRole.GridLeader, onDuty: true);
                    break;
                case AreaKind.Grid:
                    Add(area, WorkerRole.GridWorker, onDuty: ++grids % RestEvery != 0);
                    break;
                case AreaKind.Microgrid when area.Code.EndsWith("01", StringComparison.Ordinal) && grids % plan.AuxiliaryEvery == 0:
                    Add(area, WorkerRole.Auxiliary, onDuty: true);
                    break;
            }
        }

        return _workers;
    }

    private void Add(DemoArea home, WorkerRole role, bool onDuty)
    {
        var number = _workers.Count + 1;
        _workers.Add(new DemoWorker(
            $"YZ{number:0000}", Name(), role, home.Code, $"1390000{number:0000}", onDuty, streets.SomeNode(home.Block, _random)));
    }

    private string Name()
    {
        while (true)
        {
            var name = plan.Surnames[_random.Next(plan.Surnames.Length)] + _given[_random.Next(_given.Length)];
            if (_names.Add(name))
            {
                return name;
            }
        }
    }
}
