using System.Threading.Channels;

namespace CommandCenter.Alarms.Board;

/// <summary>One reader of the board's changes. A reader that is slow is told so much and then that it missed some: the others never wait for it.</summary>
public sealed class AlarmWatch : IDisposable
{
    private const int Room = 512;

    private readonly AlarmBoard _board;
    private readonly Channel<AlarmState?> _changes = Channel.CreateBounded<AlarmState?>(Room);
    private bool _missed;

    internal AlarmWatch(AlarmBoard board) => _board = board;

    /// <summary>Completes when there is a change, or false when the time is over.</summary>
    public async Task<bool> WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        try
        {
            return await _changes.Reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>What came since the last call, in order: alarms after their changes. True when some were missed, and all must be read anew.</summary>
    public bool Take(List<AlarmState> changes)
    {
        lock (_changes)
        {
            while (_changes.Reader.TryRead(out var change))
            {
                if (change is not null)
                {
                    changes.Add(change);
                }
            }

            (var missed, _missed) = (_missed, false);
            return missed;
        }
    }

    public void Dispose() => _board.Leave(this);

    /// <param name="change">Null: a backend went or came.</param>
    internal void Tell(AlarmState? change)
    {
        lock (_changes)
        {
            _missed |= !_changes.Writer.TryWrite(change);
        }
    }
}
