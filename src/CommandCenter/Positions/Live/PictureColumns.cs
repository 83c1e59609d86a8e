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
    internal byte[] NewestCount = [];
    internal sbyte[] Marker = [];

    /// <summary>When anything was last received from the worker, ms since 1970 UTC.</summary>
    internal long[] HeardMs = [];
    internal Presence[] Presence = [];

    /// <summary>Tick at which anything shown of the row changed.</summary>
    internal long[] ChangedTick = [];

    /// <summary>Tick at which the row's name, role or home changed.</summary>
    internal long[] NamedTick = [];

    /// <summary>Tick of the latest change of <see cref="Sight"/>, of the one before it, and the sight before the latest.</summary>
    internal long[] SightTick = [];
    internal long[] EarlierSightTick = [];
    internal Sight[] Sight = [];
    internal Sight[] EarlierSight = [];

    public ReadOnlySpan<Fix> NewestOf(int slot) => Newest.AsSpan(slot * MarkerRules.Kept, NewestCount[slot]);

    /// <summary>The fix shown; only where the slot has one (<see cref="HasMarker"/>).</summary>
    public ref readonly Fix MarkerOf(int slot) => ref Newest[(slot * MarkerRules.Kept) + Marker[slot]];

    public bool HasMarker(int slot) => Marker[slot] >= 0;

    public Presence PresenceOf(int slot) => Presence[slot];

    public Sight SightOf(int slot) => Sight[slot];

    public long ChangedTickOf(int slot) => ChangedTick[slot];

    public long NamedTickOf(int slot) => NamedTick[slot];

    public long HeardMsOf(int slot) => HeardMs[slot];

    /// <summary>
    /// What could be seen of the slot at <paramref name="tick"/>; null when it changed twice since and is not known any more.
    /// </summary>
    public Sight? SightAt(int slot, long tick) =>
        SightTick[slot] <= tick ? Sight[slot]
        : EarlierSightTick[slot] <= tick ? EarlierSight[slot]
        : null;

    internal void EnsureLength(int length)
    {
        if (length <= Length)
        {
            return;
        }

        var grown = Math.Max(length, Length + (Length / 2) + 64);
        var from = Length;
        Array.Resize(ref Newest, grown * MarkerRules.Kept);
        Array.Resize(ref NewestCount, grown);
        Array.Resize(ref Marker, grown);
        Array.Resize(ref HeardMs, grown);
        Array.Resize(ref Presence, grown);
        Array.Resize(ref ChangedTick, grown);
        Array.Resize(ref NamedTick, grown);
        Array.Resize(ref SightTick, grown);
        Array.Resize(ref EarlierSightTick, grown);
        Array.Resize(ref Sight, grown);
        Array.Resize(ref EarlierSight, grown);
        Marker.AsSpan(from).Fill(-1);
        Presence.AsSpan(from).Fill(Contracts.Wall.Presence.OffDuty);
        Sight.AsSpan(from).Fill(Live.Sight.Hidden);
        EarlierSight.AsSpan(from).Fill(Live.Sight.Hidden);
        Length = grown;
    }
}
