using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;
using CommandCenter.Contracts.Workers;
using NetTopologySuite.Geometries;

namespace CommandCenter.Demo;

/// <summary>A generated area; parents stand before their children. <see cref="Use"/> is what stands on an exclusive grid: park, school, ….</summary>
public sealed record DemoArea(
    string Code, string Name, string NameEn, AreaKind Kind, GridType? GridType, string? Parent, string? Use, Polygon Outline)
{
    public AreaDraft ToDraft(int? parentId) => new(Code, Name, NameEn, Kind, GridType, parentId, Outline);
}

/// <summary>A generated worker: made up, with a phone number that nobody has. Home is a street node of the home area; skills stand one a line.</summary>
public sealed record DemoWorker(string Code, string Name, WorkerRole Role, string Area, string Phone, bool OnDuty, Coordinate Home, string Skills);

/// <summary>A whole generated district; the same plan always gives the same one.</summary>
public sealed record DemoDistrict(
    DemoPlan Plan, IReadOnlyList<DemoArea> Areas, IReadOnlyList<DemoWorker> Workers, DemoStreets Streets, IReadOnlyList<DemoFeature> Features)
{
    public IEnumerable<Polygon> Water => Features.Where(feature => feature.Layer == "water").Select(feature => (Polygon)feature.Shape);

    public static DemoDistrict Generate(DemoPlan plan)
    {
        var mesh = new DemoMesh();
        var book = new DemoStreetBook(plan, new Random(plan.Seed + 5));
        var lots = new DemoAreas(plan, mesh, book).Generate();
        var ground = new DemoGround(mesh, new DemoWarp(plan));
        var leaves = LeavesOf(lots);
        var areas = lots
            .Select(lot => new DemoArea(lot.Code, lot.Name, lot.NameEn, lot.Kind, lot.GridType, lot.Parent, lot.Use, ground.OutlineOf(leaves[lot.Code])))
            .ToList();
        var features = new DemoScenery(plan, ground, lots, leaves).Generate();
        var streets = new DemoStreetNet(plan, ground, book, lots);
        return new DemoDistrict(plan, areas, new DemoRoster(plan, areas, leaves, streets).Generate(), streets.Streets, features);
    }

    private static Dictionary<string, List<DemoFace>> LeavesOf(IReadOnlyList<DemoLot> lots)
    {
        var parents = lots.ToDictionary(lot => lot.Code, lot => lot.Parent);
        var leaves = lots.ToDictionary(lot => lot.Code, _ => new List<DemoFace>());
        foreach (var lot in lots.Where(lot => lot.Face is not null))
        {
            for (var code = lot.Code; code is not null; code = parents[code])
            {
                leaves[code].Add(lot.Face!);
            }
        }

        return leaves;
    }
}
