using CommandCenter.Positions.Log;

namespace CommandCenter.Alarms.Board;

/// <summary>
/// The alarms of now in this node's memory: the open ones and those closed a short while ago. Whoever watches is told each change in the order in which it happened, without being waited for.
/// </summary>
public sealed class AlarmBoard
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Entry> _alarms = [];

    /// <summary>Whose each step is.</summary>
    private readonly Dictionary<Guid, Guid> _steps = [];
    private readonly HashSet<AlarmWatch> _watches = [];
    private string _away = "";

    /// <summary>Where the backends are away: empty, <c>redis</c> or <c>postgres</c>.</summary>
    public string Away
    {
        get
        {
            lock (_gate)
            {
                return _away;
            }
        }
    }

    public AlarmState? Find(Guid id)
    {
        lock (_gate)
        {
            return _alarms.TryGetValue(id, out var entry) ? entry.State : null;
        }
    }

    /// <summary>The alarm that a step is of: that a press raised or joined.</summary>
    public AlarmState? FindByStep(Guid step)
    {
        lock (_gate)
        {
            return _steps.TryGetValue(step, out var id) && _alarms.TryGetValue(id, out var entry) ? entry.State : null;
        }
    }

    /// <summary>All that are here, or the open ones of them.</summary>
    public IReadOnlyList<AlarmState> All(bool openOnly = false)
    {
        lock (_gate)
        {
            return [.. _alarms.Values.Select(entry => entry.State).Where(state => !openOnly || state.IsOpen)];
        }
    }

    public IReadOnlyList<AlarmState> OpenOf(string source, AlarmKind kind)
    {
        lock (_gate)
        {
            return [.. _alarms.Values.Select(entry => entry.State).Where(state => state.IsOpen && state.Press.Source == source && state.Press.Kind == kind)];
        }
    }

    /// <summary>Steps of an alarm that came since it was last known to be stored, in order.</summary>
    public IReadOnlyList<AlarmEvent> TailOf(Guid id)
    {
        lock (_gate)
        {
            return _alarms.TryGetValue(id, out var entry) ? [.. entry.Tail.Select(step => step.Step)] : [];
        }
    }

    /// <summary>Puts alarms in as they are stored, unless this node knows more of one.</summary>
    public void Load(IEnumerable<AlarmState> stored)
    {
        lock (_gate)
        {
            foreach (var state in stored)
            {
                if (!_alarms.TryGetValue(state.Id, out var entry))
                {
                    _alarms[state.Id] = new Entry(state);
                }
                else if (!entry.State.Seen.IsSupersetOf(state.Seen))
                {
                    // Steps that it lacks; those that wait in its tail are folded in again.
                    entry.State = entry.Tail.Aggregate(state, (folded, step) => AlarmFold.Apply(folded, step.Step)!);
                }
                else
                {
                    continue;
                }

                foreach (var step in state.Seen)
                {
                    _steps[step] = state.Id;
                }

                Tell(_alarms[state.Id].State);
            }
        }
    }

    /// <param name="steps">In order.</param>
    /// <param name="position">Of the last one in the log; null when they do not stand in it.</param>
    public void Apply(IEnumerable<AlarmEvent> steps, LogPosition? position = null)
    {
        lock (_gate)
        {
            foreach (var step in steps)
            {
                Apply(step, position);
            }
        }
    }

    /// <summary>Steps up to here are stored: they need not be held any more.</summary>
    public void Stored(LogPosition upTo)
    {
        lock (_gate)
        {
            foreach (var entry in _alarms.Values)
            {
                entry.Tail.RemoveAll(step => step.Position <= upTo);
            }
        }
    }

    /// <summary>Lets go what was closed before a moment and is stored.</summary>
    public void Forget(long closedBeforeMs)
    {
        lock (_gate)
        {
            foreach (var (id, entry) in _alarms.Where(alarm => alarm.Value.Tail.Count == 0 && alarm.Value.State.ClosedMs < closedBeforeMs).ToList())
            {
                _alarms.Remove(id);
                foreach (var step in entry.State.Seen)
                {
                    _steps.Remove(step);
                }
            }
        }
    }

    public void SetAway(string away)
    {
        lock (_gate)
        {
            if (_away != away)
            {
                _away = away;
                foreach (var watch in _watches)
                {
                    watch.Tell(null);
                }
            }
        }
    }

    /// <summary>Begins to tell; what is open now is had by <see cref="All"/> after this, so that nothing falls between.</summary>
    public AlarmWatch Watch()
    {
        var watch = new AlarmWatch(this);
        lock (_gate)
        {
            _watches.Add(watch);
        }

        return watch;
    }

    internal void Leave(AlarmWatch watch)
    {
        lock (_gate)
        {
            _watches.Remove(watch);
        }
    }

    private void Apply(AlarmEvent step, LogPosition? position)
    {
        if (_steps.ContainsKey(step.Id))
        {
            MoveTail(step.Id, position);
            return;
        }

        var id = AlarmFold.AlarmOf(step, _alarms.TryGetValue(step.Alarm, out var owner) ? owner.State.Press.Source : null);
        step = step with { Alarm = id };
        _alarms.TryGetValue(id, out var entry);
        if (AlarmFold.Apply(entry?.State, step) is not { } state)
        {
            return;
        }

        var was = entry?.State.Version ?? 0;
        entry ??= _alarms[id] = new Entry(state);
        entry.State = state;
        entry.Tail.Add((position ?? LogPosition.Start, step));
        _steps[step.Id] = id;
        if (state.Version != was)
        {
            Tell(state);
        }
    }

    /// <summary>A step known from elsewhere was met in the log: from there it is known where it stands.</summary>
    private void MoveTail(Guid stepId, LogPosition? position)
    {
        if (position is { } at && _alarms.TryGetValue(_steps[stepId], out var entry))
        {
            var place = entry.Tail.FindIndex(step => step.Step.Id == stepId);
            if (place >= 0)
            {
                entry.Tail[place] = (at, entry.Tail[place].Step);
            }
        }
    }

    private void Tell(AlarmState state)
    {
        foreach (var watch in _watches)
        {
            watch.Tell(state);
        }
    }

    private sealed class Entry(AlarmState state)
    {
        public AlarmState State { get; set; } = state;

        public List<(LogPosition Position, AlarmEvent Step)> Tail { get; } = [];
    }
}
