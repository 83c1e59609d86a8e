using CommandCenter.Phones;

namespace CommandCenter.Simulator;

/// <summary>
/// Plays the plan's workers: a queue of who is due next, walked ten times a second, and a pool that uploads. Each worker has an own
/// beginning within the interval, so that the load is even.
/// </summary>
public sealed class Simulation
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    /// <summary>After a sleep of the machine longer than this the workers go on from where they were.</summary>
    private const long MostSecondsAtOnce = 3_600;

    private readonly Carrier[] _carriers;
    private readonly UploadPool _pool;
    private readonly SimulationPace _pace;
    private readonly TimeProvider _clock;
    private readonly DutyShifts? _shifts;
    private readonly DutyDesk? _desk;
    private readonly SosDrills _drills;
    private readonly Action<string> _log;
    private readonly PriorityQueue<Carrier, long> _due = new();
    private long _skippedSeconds;

    /// <param name="desk">Opens the desk for the workers played, by code; null: nobody's duty changes.</param>
    public Simulation(
        SimulatorPlan plan, SimulationSettings settings, HttpClient http, ServerWatch watch, TimeProvider clock, Action<string> log, Func<IReadOnlyList<string>, DutyDesk>? desk = null)
    {
        _pace = settings.Pace;
        _clock = clock;
        _log = log;
        _pool = new UploadPool(loops: 32, clock, watch.Note);
        var seed = settings.Seed;
        var backoff = new Backoff(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));
        var played = plan.Workers.Take(settings.Workers).ToList();
        _carriers = [.. played.Select((worker, number) =>
        {
            var phone = new Phone(settings.Mix.AppOf(worker, seed), http, Counters, backoff);
            var spread = Dice.Of(seed, worker.Code, "spread").Between(0.2, 1);
            return new Carrier(number, new SimulatedWorker(plan.Streets, worker, seed, settings.Troubles), _pool.Add(phone), spread);
        })];
        foreach (var carrier in _carriers)
        {
            _due.Enqueue(carrier, (long)(Dice.Of(seed, carrier.Simulated.Worker.Code, "phase").Next() * _pace.Interval.TotalMilliseconds));
        }

        _desk = desk?.Invoke([.. played.Select(w => w.Code)]);
        _shifts = settings.Shifts && _desk is not null ? DutyShifts.Of(played, seed) : null;
        _drills = new SosDrills(seed, settings.SosSpacing, clock.GetUtcNow().ToUnixTimeMilliseconds());
    }

    public UploadCounters Counters { get; } = new();

    public int Workers => _carriers.Length;

    public int OnDuty => _carriers.Count(c => c.OnDuty);

    public int OnPatrol => _carriers.Count(c => c.OnDuty && c.Simulated.Patrol.OnPatrol);

    public int OutOfReach => _carriers.Count(c => c.OnDuty && c.Simulated.Handset.Reach != Reach.Online);

    public int NotKnown => _carriers.Count(c => c.Seat.Phone.Last == UploadResult.NotKnown);

    /// <summary>Fixes that wait in the phones.</summary>
    public long Waiting => _carriers.Sum(c => (long)c.Seat.Phone.Waiting);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task> others = [_pool.RunAsync(ending.Token)];
        if (_desk is not null)
        {
            others.Add(_desk.RunAsync(ending.Token));
        }

        var start = _clock.GetTimestamp();
        using var timer = new PeriodicTimer(Tick, _clock);
        try
        {
            while (!others.Any(o => o.IsCompleted) && await timer.WaitForNextTickAsync(cancellationToken))
            {
                PlayUntil((long)_clock.GetElapsedTime(start).TotalMilliseconds);
                _pool.WakeDue();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the way this ends
        }

        await ending.CancelAsync();
        await Task.WhenAll(others).ContinueWith(Rethrow, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private void PlayUntil(long elapsedMs)
    {
        var nowMs = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        while (_due.TryPeek(out var carrier, out var dueMs) && dueMs <= elapsedMs)
        {
            // All report soon after the start; those at rest spread over their longer interval from then on.
            var spread = carrier.WasSeen ? 1 : carrier.Spread;
            Play(carrier, elapsedMs, nowMs);
            var wait = _pace.WaitMs(carrier.Simulated.Patrol) * spread;
            _due.DequeueEnqueue(carrier, (long)Math.Max(dueMs + wait, elapsedMs - wait));
        }

        if (_drills.TryTake(nowMs, out var drill))
        {
            PressSos(drill, nowMs);
        }
    }

    private void Play(Carrier carrier, long elapsedMs, long nowMs)
    {
        var second = (long)(elapsedMs * _pace.Speed / 1000) - _skippedSeconds;
        if (second - carrier.Second > MostSecondsAtOnce * Math.Max(1, _pace.Speed))
        {
            _skippedSeconds += second - carrier.Second;
            second = carrier.Second;
        }

        carrier.Second = Math.Max(second, carrier.Second);
        carrier.Simulated.AdvanceTo(carrier.Second);
        var reach = carrier.Simulated.Handset.Reach;
        carrier.OnDuty = IsOnDuty(carrier, nowMs);
        if (carrier.OnDuty && reach != Reach.Off)
        {
            var phone = carrier.Seat.Phone;

            // The first report has a place, or a worker who starts in a house would be on no map for half an hour.
            phone.Record(carrier.WasSeen && carrier.Simulated.Patrol.Indoors && phone.SendsHeartbeats
                ? carrier.Simulated.SignOfLife(nowMs)
                : carrier.Simulated.Observe(nowMs, _pace.Speed));
            carrier.WasSeen = true;
        }

        if (reach == Reach.Online && carrier.Seat.Phone.Waiting > 0)
        {
            _pool.Wake(carrier.Seat);
        }
    }

    /// <summary>A phone is silent from the end of the shift on, and until the desk has said that the next one began.</summary>
    private bool IsOnDuty(Carrier carrier, long nowMs)
    {
        if (_desk is null)
        {
            return true;
        }

        var should = _shifts?.IsOnDuty(carrier.Number, nowMs) ?? true;
        _desk.Want(carrier.Number, should);
        return should && _desk.IsOnDuty(carrier.Number);
    }

    /// <summary>By someone on duty, in reach, whose app has a word for it and whose clock is right; by nobody if there is none.</summary>
    private void PressSos(long drill, long nowMs)
    {
        var pressing = _drills.CandidatesOf(drill, _carriers.Length).Select(i => _carriers[i]).FirstOrDefault(c =>
            c is { OnDuty: true, WasSeen: true, Seat.Phone: { SendsSos: true, Waiting: < 10 }, Simulated: { Handset.Reach: Reach.Online, Quirks: { ClockErrorMs: 0, Mocked: false } } });
        if (pressing is null)
        {
            return;
        }

        pressing.Seat.Phone.Record(pressing.Simulated.Observe(nowMs, _pace.Speed) with { SosDrill = true });
        _pool.Wake(pressing.Seat);
        _log($"SOS drill by {pressing.Simulated.Worker.Code}");
    }

    private static void Rethrow(Task others)
    {
        if (others.IsFaulted)
        {
            others.GetAwaiter().GetResult();
        }
    }

    private sealed class Carrier(int number, SimulatedWorker simulated, UploadPool.Seat seat, double spread)
    {
        public int Number => number;

        public SimulatedWorker Simulated => simulated;

        public UploadPool.Seat Seat => seat;

        public long Second { get; set; }

        public bool WasSeen { get; set; }

        public bool OnDuty { get; set; } = true;

        /// <summary>0.2 to 1: the first wait as a part of the interval.</summary>
        public double Spread => spread;
    }
}
