using System.Runtime.CompilerServices;

namespace CommandCenter.Geo;

/// <summary>
/// <see cref="GaussKruger"/> for hundreds of millions of places: exact at the corners of patches of 0.005° and bilinear between them, which is off by less than a centimetre in
/// China's latitudes. Neighbouring patches share their corners, so there is no seam. Not for two threads.
/// </summary>
public sealed class MetricPlane(GaussKruger projection)
{
    private const int PatchE7 = 50_000;

    private readonly Dictionary<long, Patch> _patches = [];
    private long _key = long.MinValue;
    private Patch _patch;

    public GaussKruger Projection { get; } = projection;

    /// <param name="longitudeE7">1e-7 degrees.</param>
    /// <param name="latitudeE7">1e-7 degrees.</param>
    /// <returns>Metres, as <see cref="GaussKruger.Project"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (double East, double North) Project(int longitudeE7, int latitudeE7)
    {
        var (column, row) = (FloorOf(longitudeE7), FloorOf(latitudeE7));
        var key = ((long)column << 32) | (uint)row;
        if (key != _key)
        {
            Move(key, column, row);
        }

        var (x, y) = ((longitudeE7 - (column * PatchE7)) / (double)PatchE7, (latitudeE7 - (row * PatchE7)) / (double)PatchE7);
        return (
            _patch.East + (x * _patch.EastByX) + (y * _patch.EastByY) + (x * y * _patch.EastByBoth),
            _patch.North + (x * _patch.NorthByX) + (y * _patch.NorthByY) + (x * y * _patch.NorthByBoth));
    }

    private static int FloorOf(int e7) => e7 >= 0 ? e7 / PatchE7 : ~(~e7 / PatchE7);

    private void Move(long key, int column, int row)
    {
        if (!_patches.TryGetValue(key, out _patch))
        {
            _patch = _patches[key] = Patch.Of(Projection, column, row);
        }

        _key = key;
    }

    private readonly record struct Patch(
        double East, double EastByX, double EastByY, double EastByBoth, double North, double NorthByX, double NorthByY, double NorthByBoth)
    {
        public static Patch Of(GaussKruger projection, int column, int row)
        {
            var (e00, n00) = Corner(0, 0);
            var (e10, n10) = Corner(1, 0);
            var (e01, n01) = Corner(0, 1);
            var (e11, n11) = Corner(1, 1);
            return new Patch(e00, e10 - e00, e01 - e00, e11 - e10 - e01 + e00, n00, n10 - n00, n01 - n00, n11 - n10 - n01 + n00);

            (double East, double North) Corner(int x, int y) => projection.Project((column + x) * (double)PatchE7 / 1e7, (row + y) * (double)PatchE7 / 1e7);
        }
    }
}
