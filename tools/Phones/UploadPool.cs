using System.Threading.Channels;

namespace CommandCenter.Phones;

/// <summary>
/// Lets thousands of phones upload over a few loops. A phone is either resting, queued, uploading, or waiting for its next try; it
/// is never queued twice, so its fixes keep their order.
/// </summary>
public sealed class UploadPool(int loops, TimeProvider clock, Action<UploadOutcome> onOutcome)
{
    private readonly Channel<Seat> _ready = Channel.CreateUnbounded<Seat>();
    private readonly PriorityQueue<Seat, long> _later = new();
    private readonly Lock _gate = new();

    /// <summary>Gives a phone its place in the pool.</summary>
    public Seat Add(Phone phone) => new(phone);

    /// <summary>Says that a phone has something to send.</summary>
    public void Wake(Seat seat)
    {
        if (seat.TryQueue())
        {
            _ready.Writer.TryWrite(seat);
        }
    }

    /// <summary>Queues the phones whose waiting time is over; to be called a few times a second.</summary>
    public void WakeDue()
    {
        var now = clock.GetTimestamp();
        lock (_gate)
        {
            while (_later.TryPeek(out var seat, out var due) && due <= now)
            {
                _later.Dequeue();
                _ready.Writer.TryWrite(seat);
            }
        }
    }

    /// <summary>Uploads until cancelled, or until a loop meets a bug, which ends the others too.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = Enumerable.Range(0, loops).Select(_ => LoopAsync(ending.Token)).ToArray();
        var first = await Task.WhenAny(running);
        await ending.CancelAsync();
        await Task.WhenAll(running.Where(r => r != first)).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await first;
    }

    private async Task LoopAsync(CancellationToken cancellationToken)
    {
        await foreach (var seat in _ready.Reader.ReadAllAsync(cancellationToken))
        {
            var outcome = await seat.Phone.UploadAsync(cancellationToken);
            onOutcome(outcome);
            if (outcome.WaitFor > TimeSpan.Zero)
            {
                lock (_gate)
                {
                    _later.Enqueue(seat, clock.GetTimestamp() + (long)(outcome.WaitFor.TotalSeconds * clock.TimestampFrequency));
                }
            }
            else
            {
                seat.Release();
                if (seat.Phone.Waiting > 0)
                {
                    Wake(seat);
                }
            }
        }
    }

    /// <summary>A phone's place; at most once in the pool's lines.</summary>
    public sealed class Seat
    {
        private int _queued;

        internal Seat(Phone phone) => Phone = phone;

        public Phone Phone { get; }

        internal bool TryQueue() => Interlocked.Exchange(ref _queued, 1) == 0;

        internal void Release() => Volatile.Write(ref _queued, 0);
    }
}
