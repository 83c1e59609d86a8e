using CommandCenter.Phones;

namespace CommandCenter.Simulator;

/// <summary>Pace and rhythm of a run.</summary>
/// <param name="Speed">How much faster than the clock the workers live, 0.1–10.</param>
/// <param name="Interval">Between two fixes of a worker on patrol; at rest phones report less often.</param>
public sealed record SimulationPace(double Speed, TimeSpan Interval)
{
    /// <summary>Three times the interval, but not so rare that a resting worker looks lost.</summary>
    public TimeSpan RestInterval => TimeSpan.FromSeconds(Math.Max(Interval.TotalSeconds, Math.Min(3 * Interval.TotalSeconds, 30)));
}

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
    private readonly PriorityQueue<Carrier, long> _due = new();
    private long _skippedSeconds;

    public Simulation(SimulatorPlan plan, int seed, int workers, SimulationPace pace, HttpClient http, ServerWatch watch, TimeProvider clock)
    {
        _pace = pace;
        _clock = clock;
        _pool = new UploadPool(loops: 32, clock, watch.Note);
        var backoff = new Backoff(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));
        _carriers = [.. plan.Workers.Take(workers).Select(worker =>
        {
            var phone = new Phone(AppMix.AppOf(worker, seed), http, Counters, backoff);
            var spread = Dice.Of(seed, worker.Code, "spread").Between(0.2, 1);
            return new Carrier(new SimulatedWorker(plan.Streets, worker, seed), _pool.Add(phone), spread);
        })];
        foreach (var carrier in _carriers)
        {
            _due.Enqueue(carrier, (long)(Dice.Of(seed, carrier.Simulated.Worker.Code, "phase").Next() * pace.Interval.TotalMilliseconds));
        }
    }

    public UploadCounters Counters { get; } = new();

    public int Workers => _carriers.Length;

    public int OnPatrol => _carriers.Count(c => c.Simulated.Patrol.OnPatrol);

    public int OutOfReach => _carriers.Count(c => c.Simulated.Handset.Reach != Reach.Online);

    public int NotKnown => _carriers.Count(c => c.Seat.Phone.Last == UploadResult.NotKnown);

    /// <summary>Fixes that wait in the phones.</summary>
    public long Waiting => _carriers.Sum(c => (long)c.Seat.Phone.Waiting);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var uploads = _pool.RunAsync(cancellationToken);
        var start = _clock.GetTimestamp();
        using var timer = new PeriodicTimer(Tick, _clock);
        try
        {
            while (!uploads.IsCompleted && await timer.WaitForNextTickAsync(cancellationToken))
            {
                PlayUntil((long)_clock.GetElapsedTime(start).TotalMilliseconds);
                _pool.WakeDue();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the way this ends
        }

        await uploads.WaitAsync(CancellationToken.None).ContinueWith(Rethrow, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private void PlayUntil(long elapsedMs)
    {
        while (_due.TryPeek(out var carrier, out var dueMs) && dueMs <= elapsedMs)
        {
            var interval = (carrier.Simulated.Patrol.OnPatrol ? _pace.Interval : _pace.RestInterval).TotalMilliseconds;

            // All report soon after the start; those at rest spread over their longer interval from then on.
            interval *= carrier.WasSeen ? 1 : carrier.Spread;
            _due.DequeueEnqueue(carrier, (long)Math.Max(dueMs + interval, elapsedMs - interval));
            Play(carrier, elapsedMs);
        }
    }

    private void Play(Carrier carrier, long elapsedMs)
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
        if (reach != Reach.Off)
        {
            var nowMs = _clock.GetUtcNow().ToUnixTimeMilliseconds();
            var phone = carrier.Seat.Phone;

            // The first report has a place, or a worker who starts in a house would be on no map for half an hour.
            phone.Record(carrier.WasSeen && carrier.Simulated.Patrol.Indoors && phone.SendsHeartbeats
                ? carrier.Simulated.SignOfLife(nowMs)
                : carrier.Simulated.Observe(nowMs, _pace.Speed));
            carrier.WasSeen = true;
        }

        if (reach == Reach.Online)
        {
            _pool.Wake(carrier.Seat);
        }
    }

    private static void Rethrow(Task uploads)
    {
        if (uploads.IsFaulted)
        {
            uploads.GetAwaiter().GetResult();
        }
    }

    private sealed class Carrier(SimulatedWorker simulated, UploadPool.Seat seat, double spread)
    {
        public SimulatedWorker Simulated => simulated;

        public UploadPool.Seat Seat => seat;

        public long Second { get; set; }

        public bool WasSeen { get; set; }

        /// <summary>0.2 to 1: the first wait as a part of the interval.</summary>
        public double Spread => spread;
    }
}
