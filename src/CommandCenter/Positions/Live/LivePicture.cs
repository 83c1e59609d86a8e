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
    private long _openTick = 1;
    private bool _dirty;
    private TaskCompletionSource _beat = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _beatTick;
    private long _beatMs;

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
            foreach (ref readonly var fix in fixes)
            {
                if ((uint)fix.WorkerId > (uint)_maxWorkers)
                {
                    continue;
                }

                var slot = fix.WorkerId;
                EnsureLength(slot + 1);
                _rows.HeardMs[slot] = Math.Max(_rows.HeardMs[slot], receivedAtMs);
                if (!fix.IsHeartbeat
                    && MarkerRules.Keep(_rows.Newest.AsSpan(slot * MarkerRules.Kept, MarkerRules.Kept), ref _rows.NewestCount[slot], fix))
                {
                    _rows.Marker[slot] = (sbyte)MarkerRules.Pick(_rows.NewestOf(slot));
                    Stamp(slot);
                }

                Judge(slot, now);
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
                    _rows.HeardMs[slot] = Math.Max(_rows.HeardMs[slot], heardMs);
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

    private void Judge(int slot, long now)
    {
        var worker = _roster[slot];
        var presence = worker is null
            ? Presence.OffDuty
            : PresenceRules.Judge(worker.IsOnDuty(now), _rows.HeardMs[slot], _rows.NewestOf(slot), _rows.Marker[slot], now, _thresholds);
        var before = _rows.Presence[slot];
        if (presence != before)
        {
            var home = _rows.Sight[slot].Home;
            _counts.Add(home, before, -1, _openTick);
            _counts.Add(home, presence, 1, _openTick);
            _rows.Presence[slot] = presence;
            Stamp(slot);
        }

        if (_rows.ChangedTick[slot] == _openTick)
        {
            Look(slot, presence);
        }

        if (worker is not null)
        {
            var next = PresenceRules.NextChangeMs(
                worker.NextDutyChange(now), _rows.HeardMs[slot], _rows.HasMarker(slot) ? _rows.MarkerOf(slot) : null, now, _thresholds);
            _due.Schedule(slot, next, now);
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
        var before = _rows.Sight[slot];
        var shown = presence > Presence.OffDuty && _rows.HasMarker(slot) && _roster[slot] is not null;
        var place = -1;
        if (shown)
        {
            ref readonly var marker = ref _rows.MarkerOf(slot);
            var lastSeen = before.Place >= 0 && before.Place < _tree.Nodes.Count ? _tree.Nodes[before.Place] : null;
            place = _tree.Locate(marker.Longitude, marker.Latitude, lastSeen)?.Enter ?? -1;
        }

        Show(slot, new Sight(shown, before.Home, place));
    }

    private void Show(int slot, Sight sight)
    {
        if (sight == _rows.Sight[slot])
        {
            return;
        }

        if (_rows.SightTick[slot] != _openTick)
        {
            _rows.EarlierSight[slot] = _rows.Sight[slot];
            _rows.EarlierSightTick[slot] = _rows.SightTick[slot];
            _rows.SightTick[slot] = _openTick;
        }

        _rows.Sight[slot] = sight;
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
        Stamp(slot);
        return true;
    }

    /// <summary>Within the same tree: a new home takes the head with it.</summary>
    private void Move(int slot, Worker? worker)
    {
        var home = HomeOf(worker);
        var sight = _rows.Sight[slot];
        if (home != sight.Home)
        {
            _counts.Add(sight.Home, _rows.Presence[slot], -1, _openTick);
            _counts.Add(home, _rows.Presence[slot], 1, _openTick);
            Show(slot, new Sight(sight.Shown && worker is not null, home, sight.Place));
        }
    }

    /// <summary>Places of the old tree mean nothing in the new one: what was seen before is unknown, so walls are told anew.</summary>
    private void Resettle(int slot, Worker? worker)
    {
        Show(slot, new Sight(_rows.Sight[slot].Shown && worker is not null, HomeOf(worker), -1));
        Look(slot, _rows.Presence[slot]);
        _rows.SightTick[slot] = _rows.EarlierSightTick[slot] = _openTick;
        Stamp(slot);
        _counts.Add(HomeOf(worker), _rows.Presence[slot], 1, _openTick);
    }

    private int HomeOf(Worker? worker) => worker is null ? -1 : _tree.Find(worker.HomeAreaId)?.Enter ?? -1;
}
