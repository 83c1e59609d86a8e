using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;
using CommandCenter.Contracts.Workers;
using CommandCenter.Positions.Live;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;
using NetTopologySuite.Geometries;

namespace CommandCenter.Tests.Positions.Live;

/// <summary>A small district with a clock of its own: two subdistricts side by side of two grids each, four workers at home in one grid each.</summary>
internal sealed class PictureWorld
{
    public const int District = 1;
    public const int West = 2;
    public const int East = 3;

    public PictureWorld()
    {
        Areas.Replace(
        [
            Box(District, "1", AreaKind.District, null, 112.50, 112.58),
            Box(West, "11", AreaKind.Subdistrict, District, 112.50, 112.54),
            Box(East, "12", AreaKind.Subdistrict, District, 112.54, 112.58),
            Box(4, "111", AreaKind.Grid, West, 112.50, 112.52),
            Box(5, "112", AreaKind.Grid, West, 112.52, 112.54),
            Box(6, "121", AreaKind.Grid, East, 112.54, 112.56),
            Box(7, "122", AreaKind.Grid, East, 112.56, 112.58),
        ]);
        Workers.Replace(Enumerable.Range(1, 4).Select(id => WorkerAt(id, id + 3)));
        Picture = NewPicture();
    }

    public Clock Clock { get; } = new();

    public AreaDirectory Areas { get; } = new();

    public WorkerDirectory Workers { get; } = new();

    public LivePicture Picture { get; }

    public LivePicture NewPicture() => new(Workers, Areas, Clock, Options.Create(new LivePictureOptions()));

    public static Worker WorkerAt(int id, int home, bool onDuty = true, string? name = null) => new(
        id, $"W{id}", name ?? $"Name {id}", WorkerRole.GridWorker, home, null, onDuty ? [new DutyPeriod(0, long.MaxValue)] : []);

    private static Area Box(int id, string code, AreaKind kind, int? parent, double west, double east) => new(
        id, code, code, null, kind, null, parent,
        new Polygon(new LinearRing([new(west, 37.80), new(east, 37.80), new(east, 37.90), new(west, 37.90), new(west, 37.80)])));
}

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class Clock : TimeProvider
{
    public long NowMs { get; set; } = Tests.Tracks.Fixes.Noon;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(NowMs);
}
