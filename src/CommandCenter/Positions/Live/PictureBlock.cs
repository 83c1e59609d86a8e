using CommandCenter.Areas;

namespace CommandCenter.Positions.Live;

/// <summary>
/// From which to which place in the walk of the tree the workers of a run of slots are at home, and stand or stood. It only grows, until the
/// tree changes; workers enrolled together are mostly of one area.
/// </summary>
internal struct PictureBlock
{
    public const int Slots = 1_024;

    public static readonly PictureBlock Empty = new() { _homeFrom = int.MaxValue, _homeTo = -1, _placeFrom = int.MaxValue, _placeTo = -1 };

    private int _homeFrom;
    private int _homeTo;
    private int _placeFrom;
    private int _placeTo;

    public void Add(Sight sight)
    {
        if (sight.Home >= 0)
        {
            (_homeFrom, _homeTo) = (Math.Min(_homeFrom, sight.Home), Math.Max(_homeTo, sight.Home));
        }

        if (sight.Place >= 0)
        {
            (_placeFrom, _placeTo) = (Math.Min(_placeFrom, sight.Place), Math.Max(_placeTo, sight.Place));
        }
    }

    public readonly bool MayHold(AreaNode area) =>
        (_homeFrom < area.Exit && _homeTo >= area.Enter) || (_placeFrom < area.Exit && _placeTo >= area.Enter);
}
