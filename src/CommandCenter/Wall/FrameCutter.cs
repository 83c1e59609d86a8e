using CommandCenter.Contracts.Wall;
using CommandCenter.Positions.Live;
using CommandCenter.Tracks;
using CommandCenter.Workers;

namespace CommandCenter.Wall;

/// <summary>Cuts a wall's frame out of the picture: the difference between a tick and now, or everything. Pure but for the picture it reads.</summary>
internal static class FrameCutter
{
    /// <param name="since">The tick the wall has drawn; null for a full frame.</param>
    /// <param name="held">What a wall with bounds holds, brought up to what it will hold with this frame; null without bounds.</param>
    /// <returns>Null when the scope's areas are gone or no longer the viewer's.</returns>
    public static WallFrame? Cut(
        in PictureReading reading, string epoch, WallScope scope, long? since, WallOptions options, KnownSlots? held = null)
    {
        if (ScopeNodes.Resolve(reading.Tree, scope) is not { } nodes)
        {
            return null;
        }

        if (CountVisible(reading, nodes, scope.Bounds, options.MaxMarkers) > options.MaxMarkers)
        {
            return new WallFrame { Tick = reading.Tick, Time = reading.NowMs, Full = true, Crowded = true };
        }

        if (since is null)
        {
            held?.Clear();
        }

        var rows = reading.Rows;
        var records = new FrameBytes();
        List<WallName>? names = null;
        for (var slot = 0; slot < rows.Length; slot++)
        {
            if (slot % PictureBlock.Slots == 0 && !rows.MayHold(slot, nodes.Watched, since))
            {
                slot += PictureBlock.Slots - 1;
                continue;
            }

            if (since is { } tick && rows.ChangedTickOf(slot) <= tick)
            {
                continue;
            }

            var sight = rows.SightOf(slot);
            var visible = IsVisible(rows, slot, sight, nodes, scope.Bounds);
            var known = since is { } drawn && (held?.Contains(slot) ?? WasVisible(rows, slot, nodes, drawn));
            if (!visible && !known)
            {
                continue;
            }

            held?.Set(slot, visible);
            (visible ? RecordOf(rows, slot, nodes.IsStranger(sight), reading.NowMs) : GoneRecord(slot)).Write(records.Take(WallRecord.Size));
            if (visible && !(known && WasCertainlyNamed(rows, slot, nodes, since)) && reading.Roster[slot] is { } worker)
            {
                (names ??= []).Add(NameOf(worker, nodes.IsStranger(sight), reading.Tree.Find(worker.HomeAreaId)?.Area.Code));
            }
        }

        return new WallFrame
        {
            Epoch = scope.EpochOf(epoch),
            Tick = reading.Tick,
            Time = reading.NowMs,
            Full = since is null,
            Count = records.Length / WallRecord.Size,
            Records = records.ToArrayAndReturn(),
            Names = names,
        };
    }

    /// <summary>Head counts of the watched area and the levels below it that changed after <paramref name="since"/>; null when none did.</summary>
    public static byte[]? CutCounts(in PictureReading reading, WallScope scope, long? since, int levels)
    {
        if (reading.Tree.Find(scope.WatchedAreaId) is not { } watched)
        {
            return null;
        }

        var records = new FrameBytes();
        for (var place = watched.Enter; place < watched.Exit; place++)
        {
            var node = reading.Tree.Nodes[place];
            if (node.Depth - watched.Depth <= levels && (since is not { } tick || reading.Counts.ChangedTickOf(node) > tick))
            {
                reading.Counts.Of(node).Write(records.Take(AreaCountRecord.Size));
            }
        }

        return records.Length == 0 ? null : records.ToArrayAndReturn();
    }

    private static int CountVisible(in PictureReading reading, ScopeNodes nodes, Bounds? bounds, int limit)
    {
        var rows = reading.Rows;
        if (reading.Roster.Count <= limit)
        {
            return 0;
        }

        var count = 0;
        for (var slot = 0; slot < rows.Length && count <= limit; slot++)
        {
            if (slot % PictureBlock.Slots == 0 && !rows.MayHold(slot, nodes.Watched, since: null))
            {
                slot += PictureBlock.Slots - 1;
                continue;
            }

            if (IsVisible(rows, slot, rows.SightOf(slot), nodes, bounds))
            {
                count++;
            }
        }

        return count;
    }

    private static bool IsVisible(PictureColumns rows, int slot, Sight sight, ScopeNodes nodes, Bounds? bounds)
    {
        if (!nodes.Sees(sight))
        {
            return false;
        }

        ref readonly var marker = ref rows.MarkerOf(slot);
        return bounds is not { } view || view.Contains(marker.LongitudeE7, marker.LatitudeE7);
    }

    /// <summary>May the wall know the slot? Where that is not certain any more, yes: a needless "gone" does no harm.</summary>
    private static bool WasVisible(PictureColumns rows, int slot, ScopeNodes nodes, long tick) =>
        rows.SightAt(slot, tick) is not { } before || nodes.Sees(before);

    private static bool WasCertainlyNamed(PictureColumns rows, int slot, ScopeNodes nodes, long? since) =>
        since is { } tick
        && rows.NamedTickOf(slot) <= tick
        && rows.SightAt(slot, tick) is { } before
        && nodes.Sees(before)
        && nodes.IsStranger(before) == nodes.IsStranger(rows.SightOf(slot));

    private static WallRecord GoneRecord(int slot) => new(slot, 0, 0, 0, 0, (byte)Presence.Gone, byte.MaxValue);

    private static WallRecord RecordOf(PictureColumns rows, int slot, bool stranger, long nowMs)
    {
        ref readonly var fix = ref rows.MarkerOf(slot);
        var flags = RecordFlags.None;
        flags |= fix.HeadingDeci != Fix.UnknownHeading ? RecordFlags.HeadingKnown : 0;
        flags |= (fix.Flags & FixFlags.Mock) != 0 ? RecordFlags.Mock : 0;
        flags |= (fix.Flags & FixFlags.Inaccurate) != 0 ? RecordFlags.Inaccurate : 0;
        flags |= stranger ? RecordFlags.Stranger : 0;
        var heading = fix.HeadingDeci == Fix.UnknownHeading ? 0 : (int)Math.Round(fix.HeadingDeci * 256 / 3600.0) & 0xff;
        var speed = fix.SpeedCmps == Fix.UnknownSpeed ? 0 : Math.Min(255, fix.SpeedCmps / 25);
        return new WallRecord(
            slot,
            fix.LongitudeE7,
            fix.LatitudeE7,
            (byte)heading,
            (byte)speed,
            (byte)((byte)rows.PresenceOf(slot) | (byte)flags),
            WallRecord.EncodeAge((nowMs - fix.FixTimeMs) / 1000));
    }

    private static WallName NameOf(Worker worker, bool stranger, string? area) => new()
    {
        Slot = worker.Id,
        Worker = worker.Code,
        Name = stranger ? null : worker.Name,
        Role = worker.Role.Name(),
        Area = stranger ? null : area,
    };
}
