using CommandCenter.Areas;
using CommandCenter.Contracts.Wall;
using CommandCenter.Tracks;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;

namespace CommandCenter.Positions.Live;

/// <summary>
/// The newest of every worker, in memory on every node, made from the position log alone. Rows carry the tick that changed them; a
/// tick ends when the beat sounds or somebody reads, so what a reader saw is exactly "everything stamped up to its tick".
/// </summary>
public sealed class LivePicture
{
    /// <summary>Fixes whose rows are fetched at once: as many waits for memory run side by side.</summary>
    private const int Ahead = 32;

    private readonly Lock _gate = new();
    private readonly WorkerDirectory _workers;
    private readonly AreaDirectory _areas;
    private readonly TimeProvider _time;
    private readonly PresenceThresholds _thresholds;
    private readonly int _maxWorkers;
    private readonly PictureColumns _rows = new();
    private readonly AreaCounts _counts = new();
    private readonly DueWheel _due = new();
    private WorkerSnapshot _roster = WorkerSnapshot.Empty;
    private AreaTree _tree = AreaTree.Empty;
    private AreaNode[] _places = [];
    private long _openTick = 1;
    private bool _dirty;
    private TaskCompletionSource _beat = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _beatTick;
    private long _beatMs;
    private long _fetched;

    public LivePicture(WorkerDirectory workers, AreaDirectory areas, TimeProvider time, IOptions<LivePictureOptions> options)
    {
        _workers = workers;
        _areas = areas;
        _time = time;
        _thresholds = options.Value.Thresholds;
        _maxWorkers = options.Value.MaxWorkers;
        Span<byte> random = stackalloc byte[8];
        System.Security.Cryptography.RandomNumberGenerator.Fill(random);
        Epoch = Convert.ToHexStringLower(random);
    }

    /// <summary>Names this process's numbering of ticks.</summary>
    public string Epoch { get; }

    /// <summary>The tick that the last beat ended.</summary>
    public long BeatTick => Volatile.Read(ref _beatTick);

    /// <summary>Completes at the next beat.</summary>
    public Task NextBeat => Volatile.Read(ref _beat).Task;

    /// <summary>Opens the picture for reading; dispose it soon, nothing is applied meanwhile.</summary>
    public PictureReading Read()
    {
        _gate.Enter();
        if (_dirty)
        {
            _openTick++;
            _dirty = false;
        }

        return new PictureReading(_gate, _rows, _counts, _roster, _tree, _openTick - 1, _time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    /// <summary>Newest FixTime known of the worker, ms since 1970 UTC; 0 when none. Asked for every report, so it waits for nobody.</summary>
    public long NewestFixTimeMs(int workerId)
    {
        var newest = Volatile.Read(ref _rows.Newest);
        return workerId >= 0 && workerId < newest.Length / MarkerRules.Kept ? newest[workerId * MarkerRules.Kept].FixTimeMs : 0;
    }

    /// <summary>Applies one batch of the log. Any order, and any repetition, of the same batches gives the same picture.</summary>
    public void Apply(ReadOnlySpan<Fix> fixes, long receivedAtMs)
    {
        lock (_gate)
        {
            FollowDirectories();
            var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
            for (var at = 0; at < fixes.Length; at += Ahead)
            {
                var some = fixes.Slice(at, Math.Min(Ahead, fixes.Length - at));
                Fetch(some);
                foreach (ref readonly var fix in some)
                {
                    Apply(fix, receivedAtMs, now);
                }
            }
        }
    }

    /// <summary>Takes over what a checkpoint held; the same as applying the batches it was made from.</summary>
    public void Restore(IReadOnlyList<(int Slot, long HeardMs)> heard, List<Fix> fixes)
    {
        Apply(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(fixes), 0);
        lock (_gate)
        {
            var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
            foreach (var (slot, heardMs) in heard)
            {
                if ((uint)slot <= (uint)_maxWorkers)
                {
                    EnsureLength(slot + 1);
                    Hear(ref _rows.Rows[slot], heardMs);
                    Judge(slot, now);
                }
            }
        }
    }

    /// <summary>Once a tick: presence by the clock alone, changes of roster and areas, then the beat that lets walls cut their frames.</summary>
    public void Beat()
    {
        TaskCompletionSource beat;
        lock (_gate)
        {
            FollowDirectories();
            var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
            for (var slot = _due.Take(now); slot >= 0; slot = _due.Take(now))
            {
                Judge(slot, now);
            }

            // The clock was put back: what had happened by it has not any more, so everybody is looked at.
            for (var slot = 0; now < _beatMs && slot < _rows.Length; slot++)
            {
                Judge(slot, now);
            }

            _beatMs = now;

            if (_dirty)
            {
                _openTick++;
                _dirty = false;
            }

            Volatile.Write(ref _beatTick, _beatTick + 1);
            beat = _beat;
            Volatile.Write(ref _beat, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        beat.SetResult();
    }

    /// <summary>Touches what the fixes will need, one after another without waiting: by the time they are applied it is there.</summary>
    private void Fetch(ReadOnlySpan<Fix> fixes)
    {
        long sum = 0;
        foreach (ref readonly var fix in fixes)
        {
            var slot = fix.WorkerId;
            if ((uint)slot < (uint)_rows.Length)
            {
                sum += _rows.Rows[slot].HeardMs + _rows.ChangedTick[slot] + _due.Fetch(slot)
                    + _rows.Newest[slot * MarkerRules.Kept].FixTimeMs + _rows.Newest[(slot * MarkerRules.Kept) + MarkerRules.Kept - 1].FixTimeMs;
            }
        }

        _fetched = sum;
    }

    private void Apply(in Fix fix, long receivedAtMs, long now)
    {
        var slot = fix.WorkerId;
        if ((uint)slot > (uint)_maxWorkers)
        {
            return;
        }

        EnsureLength(slot + 1);
        ref var row = ref _rows.Rows[slot];
        Hear(ref row, receivedAtMs);
        if (!fix.IsHeartbeat && MarkerRules.Keep(_rows.Newest.AsSpan(slot * MarkerRules.Kept, MarkerRules.Kept), ref row.NewestCount, fix))
        {
            row.Marker = (sbyte)MarkerRules.Pick(_rows.NewestOf(slot));
            Stamp(slot);
        }

        Judge(slot, now);
    }

    private static void Hear(ref PictureRow row, long heardMs) => row.HeardMs = Math.Max(row.HeardMs, heardMs);

    private void Judge(int slot, long now)
    {
        ref var row = ref _rows.Rows[slot];
        if ((now < row.DutyFromMs || now >= row.DutyUntilMs) && !AskDuty(slot, ref row, now))
        {
            Become(slot, ref row, Presence.OffDuty);
            return;
        }

        Become(slot, ref row, PresenceRules.Judge(row.OnDuty, row.HeardMs, _rows.NewestOf(slot), row.Marker, now, _thresholds));
        var shown = row.Marker >= 0 ? _rows.MarkerOf(slot).FixTimeMs : 0;
        var isSos = row.Marker >= 0 && (_rows.MarkerOf(slot).Flags & FixFlags.Sos) != 0;
        _due.Schedule(slot, PresenceRules.NextChangeMs(row.DutyUntilMs, row.HeardMs, shown, isSos, now, _thresholds), now);
    }

    /// <summary>Notes in the row how long the roster's word on the worker's duty holds; false when nobody has the slot.</summary>
    private bool AskDuty(int slot, ref PictureRow row, long now)
    {
        if (_roster[slot] is not { } worker)
        {
            row.DutyFromMs = row.DutyUntilMs = 0;
            return false;
        }

        row.OnDuty = worker.IsOnDuty(now);
        (row.DutyFromMs, row.DutyUntilMs) = (now, worker.NextDutyChange(now));
        return true;
    }

    private void Become(int slot, ref PictureRow row, Presence presence)
    {
        if (presence != row.Presence)
        {
            _counts.Add(row.Sight.Home, row.Presence, -1, _openTick);
            _counts.Add(row.Sight.Home, presence, 1, _openTick);
            row.Presence = presence;
            Stamp(slot);
        }

        if (_rows.ChangedTick[slot] == _openTick)
        {
            Look(slot, presence);
        }
    }

    private void EnsureLength(int length)
    {
        _rows.EnsureLength(length);
        _due.EnsureLength(_rows.Length);
    }

    /// <summary>Where the marker stands now, and so who can see it.</summary>
    private void Look(int slot, Presence presence)
    {
        ref readonly var row = ref _rows.Rows[slot];
        var before = row.Sight;

        // Where duty is known somebody has the slot: the roster need not be fetched for it.
        var shown = presence > Presence.OffDuty && row.Marker >= 0 && (row.DutyFromMs < row.DutyUntilMs || _roster[slot] is not null);
        var place = -1;
        if (shown)
        {
            ref readonly var marker = ref _rows.MarkerOf(slot);
            var lastSeen = before.Place >= 0 && before.Place < _places.Length ? _places[before.Place] : null;
            place = _tree.Locate(marker.Longitude, marker.Latitude, lastSeen)?.Enter ?? -1;
        }

        Show(slot, new Sight(shown, before.Home, place));
    }

    private void Show(int slot, Sight sight)
    {
        ref var row = ref _rows.Rows[slot];
        if (sight == row.Sight)
        {
            return;
        }

        if (_rows.SightTick[slot] != _openTick)
        {
            _rows.EarlierSight[slot] = row.Sight;
            _rows.EarlierSightTick[slot] = _rows.SightTick[slot];
            _rows.SightTick[slot] = _openTick;
        }

        _rows.Show(slot, sight);
        Stamp(slot);
    }

    private void Stamp(int slot)
    {
        _rows.ChangedTick[slot] = _openTick;
        _dirty = true;
    }

    /// <summary>Takes over a changed roster or area tree: homes, names and counts follow. A changed roster costs as much as what changed in it.</summary>
    private void FollowDirectories()
    {
        var roster = _workers.Current;
        var tree = _areas.Current;
        if (ReferenceEquals(roster, _roster) && ReferenceEquals(tree, _tree))
        {
            return;
        }

        var before = _roster;
        var treeChanged = !ReferenceEquals(tree, _tree);
        _roster = roster;
        _tree = tree;
        EnsureLength(roster.SlotCount);
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        if (treeChanged)
        {
            _places = [.. tree.Nodes];
            _rows.ForgetPlaces(_openTick);
            _counts.Reset(tree, _openTick);
            _dirty = true;
            for (var slot = 0; slot < _rows.Length; slot++)
            {
                Rename(slot, before);
                Resettle(slot, roster[slot]);
                Judge(slot, now);
            }

            return;
        }

        foreach (var slot in roster.MayDifferFrom(before))
        {
            if (slot < _rows.Length && Rename(slot, before))
            {
                Move(slot, roster[slot]);
                Judge(slot, now);
            }
        }
    }

    /// <summary>True when the slot is another worker than before, or the same one changed.</summary>
    private bool Rename(int slot, WorkerSnapshot before)
    {
        if (ReferenceEquals(_roster[slot], before[slot]))
        {
            return false;
        }

        _rows.NamedTick[slot] = _openTick;
        _rows.Rows[slot].DutyUntilMs = _rows.Rows[slot].DutyFromMs;
        Stamp(slot);
        return true;
    }

    /// <summary>Within the same tree: a new home takes the head with it.</summary>
    private void Move(int slot, Worker? worker)
    {
        var home = HomeOf(worker);
        var sight = _rows.SightOf(slot);
        if (home != sight.Home)
        {
            _counts.Add(sight.Home, _rows.PresenceOf(slot), -1, _openTick);
            _counts.Add(home, _rows.PresenceOf(slot), 1, _openTick);
            Show(slot, new Sight(sight.Shown && worker is not null, home, sight.Place));
        }
    }

    /// <summary>Places of the old tree mean nothing in the new one: what was seen before is unknown, so walls are told anew.</summary>
    private void Resettle(int slot, Worker? worker)
    {
        Show(slot, new Sight(_rows.SightOf(slot).Shown && worker is not null, HomeOf(worker), -1));
        Look(slot, _rows.PresenceOf(slot));
        _rows.Show(slot, _rows.SightOf(slot));
        _rows.SightTick[slot] = _rows.EarlierSightTick[slot] = _openTick;
        Stamp(slot);
        _counts.Add(HomeOf(worker), _rows.PresenceOf(slot), 1, _openTick);
    }

    private int HomeOf(Worker? worker) => worker is null ? -1 : _tree.Find(worker.HomeAreaId)?.Enter ?? -1;
}
