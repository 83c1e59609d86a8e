using CommandCenter.Areas;
using CommandCenter.Contracts.Wall;
using CommandCenter.Tracks;

namespace CommandCenter.Positions.Live;

/// <summary>
/// The live picture's columns, one row a worker number (slot). Ticks are those of <see cref="LivePicture"/>; a row's ticks say when it was
/// last stamped, so that a wall asks "what changed since mine".
/// </summary>
public sealed class PictureColumns
{
    public int Length { get; private set; }

    /// <summary><see cref="MarkerRules.Kept"/> fixes a slot, newest first.</summary>
    internal Fix[] Newest = [];
    internal PictureRow[] Rows = [];

    /// <summary>Tick at which anything shown of the row changed.</summary>
    internal long[] ChangedTick = [];

    /// <summary>Tick at which the row's name, role or home changed.</summary>
    internal long[] NamedTick = [];

    /// <summary>Tick of the latest change of <see cref="PictureRow.Sight"/>, of the one before it, and the sight before the latest.</summary>
    internal long[] SightTick = [];
    internal long[] EarlierSightTick = [];
    internal Sight[] EarlierSight = [];

    private PictureBlock[] _blocks = [];
    private long _blocksTick;

    public ReadOnlySpan<Fix> NewestOf(int slot) => Newest.AsSpan(slot * MarkerRules.Kept, Rows[slot].NewestCount);

    /// <summary>The fix shown; only where the slot has one (<see cref="HasMarker"/>).</summary>
    public ref readonly Fix MarkerOf(int slot) => ref Newest[(slot * MarkerRules.Kept) + Rows[slot].Marker];

    public bool HasMarker(int slot) => Rows[slot].Marker >= 0;

    public Presence PresenceOf(int slot) => Rows[slot].Presence;

    public Sight SightOf(int slot) => Rows[slot].Sight;

    public long ChangedTickOf(int slot) => ChangedTick[slot];

    public long NamedTickOf(int slot) => NamedTick[slot];

    public long HeardMsOf(int slot) => Rows[slot].HeardMs;

    /// <summary>
    /// What could be seen of the slot at <paramref name="tick"/>; null when it changed twice since and is not known any more.
    /// </summary>
    public Sight? SightAt(int slot, long tick) =>
        SightTick[slot] <= tick ? Rows[slot].Sight
        : EarlierSightTick[slot] <= tick ? EarlierSight[slot]
        : null;

    /// <summary>
    /// False when nobody of the slot's <see cref="PictureBlock.Slots"/> is at home or stands in the area, nor did at
    /// <paramref name="since"/> or later (null: now): a wall of one area of a large center need not look at the others' workers.
    /// </summary>
    public bool MayHold(int slot, AreaNode area, long? since) => since < _blocksTick || _blocks[slot / PictureBlock.Slots].MayHold(area);

    internal void Show(int slot, Sight sight)
    {
        Rows[slot].Sight = sight;
        _blocks[slot / PictureBlock.Slots].Add(sight);
    }

    /// <summary>Places are of another tree from <paramref name="tick"/> on; each row's sight is set anew.</summary>
    internal void ForgetPlaces(long tick)
    {
        _blocks.AsSpan().Fill(PictureBlock.Empty);
        _blocksTick = tick;
    }

    internal void EnsureLength(int length)
    {
        if (length <= Length)
        {
            return;
        }

        var grown = Math.Max(length, Length + (Length / 2) + 64);
        var from = Length;
        Array.Resize(ref Newest, grown * MarkerRules.Kept);
        Array.Resize(ref Rows, grown);
        Array.Resize(ref ChangedTick, grown);
        Array.Resize(ref NamedTick, grown);
        Array.Resize(ref SightTick, grown);
        Array.Resize(ref EarlierSightTick, grown);
        Array.Resize(ref EarlierSight, grown);
        var blocks = _blocks.Length;
        Array.Resize(ref _blocks, (grown / PictureBlock.Slots) + 1);
        _blocks.AsSpan(blocks).Fill(PictureBlock.Empty);
        Rows.AsSpan(from).Fill(new PictureRow { Marker = -1, Presence = Presence.OffDuty, Sight = Sight.Hidden });
        EarlierSight.AsSpan(from).Fill(Sight.Hidden);
        Length = grown;
    }
}
