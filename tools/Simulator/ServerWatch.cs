using CommandCenter.Phones;

namespace CommandCenter.Simulator;

/// <summary>
/// Whether the server can be reached, made from what thousands of tries say; writes one line per change of state, not one per try.
/// </summary>
public sealed class ServerWatch(TimeProvider clock, Action<string> log)
{
    /// <summary>A single failure among successes is no outage.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly long _start = clock.GetTimestamp();
    private long _lastAnswer = long.MinValue;
    private long _awaySince;
    private bool _saidNotKnown;

    /// <summary>Null before the first answer or failure.</summary>
    public bool? IsUp { get; private set; }

    public void Note(UploadOutcome outcome)
    {
        lock (_gate)
        {
            switch (outcome.Result)
            {
                case UploadResult.Delivered or UploadResult.Slowed or UploadResult.NotKnown:
                    NoteAnswer(outcome);
                    break;
                case UploadResult.Away or UploadResult.Strange:
                    NoteFailure(outcome.Trouble);
                    break;
            }
        }
    }

    private void NoteAnswer(UploadOutcome outcome)
    {
        _lastAnswer = clock.GetTimestamp();
        if (IsUp == false)
        {
            log($"the server is back after {clock.GetElapsedTime(_awaySince).TotalSeconds:0} s");
        }

        IsUp = true;
        if (outcome.Result == UploadResult.NotKnown && !_saidNotKnown)
        {
            _saidNotKnown = true;
            log($"{outcome.Trouble}; its fixes wait. Was the plan written by this server?");
        }
    }

    private void NoteFailure(string? trouble)
    {
        var lastSign = _lastAnswer == long.MinValue ? _start : _lastAnswer;
        if (IsUp == false || (IsUp == true && clock.GetElapsedTime(lastSign) < Silence))
        {
            return;
        }

        IsUp = false;
        _awaySince = clock.GetTimestamp();
        log($"the server is away ({trouble}); the phones keep their fixes and try again");
    }
}
