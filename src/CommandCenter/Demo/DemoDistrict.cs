using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;
using CommandCenter.Contracts.Workers;
using NetTopologySuite.Geometries;

namespace CommandCenter.Demo;

/// <summary>A generated area; parents stand before their children.</summary>
public sealed record DemoArea(
    string Code, string Name, string NameEn, AreaKind Kind, GridType? GridType, string? Parent, Block Block, Polygon Outline)
{
    public AreaDraft ToDraft(int? parentId) => new(Code, Name, NameEn, Kind, GridType, parentId, Outline);
}

/// <summary>A generated worker: made up, with a phone number that nobody has. Home is a street node of the home area.</summary>
public sealed record DemoWorker(string Code, string Name, WorkerRole Role, string Area, string Phone, bool OnDuty, Coordinate Home);

/// <summary>The borders of all areas taken as streets, as a connected graph.</summary>
public sealed record DemoStreets(IReadOnlyList<Coordinate> Nodes, IReadOnlyList<(int A, int B)> Edges);

/// <summary>A whole generated district; the same plan always gives the same one.</summary>
public sealed record DemoDistrict(DemoPlan Plan, IReadOnlyList<DemoArea> Areas, IReadOnlyList<DemoWorker> Workers, DemoStreets Streets)
{
    public static DemoDistrict Generate(DemoPlan plan)
    {
        var lattice = new DemoLattice(plan);
        var areas = new DemoAreas(plan, lattice).Generate();
        var streets = new DemoStreetNet(lattice, areas);
        return new DemoDistrict(plan, areas, new DemoRoster(plan, areas, streets).Generate(), streets.Streets);
    }
}
