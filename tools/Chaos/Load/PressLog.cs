using System.Collections.Concurrent;
using System.Diagnostics;

namespace CommandCenter.Chaos.Load;

/// <summary>An SOS that a phone pressed.</summary>
/// <param name="Id">The phone's own.</param>
/// <param name="Worker">Place in the list of workers.</param>
/// <param name="SentAt">Of the first try, a time stamp of <see cref="Stopwatch"/>.</param>
public sealed record Press(Guid Id, int Worker, long SentAt)
{
    /// <summary>The alarm that it is or that took it; null until the phone was answered.</summary>
    public Guid? Alarm { get; set; }

    public int Tries { get; set; }
}

/// <summary>What phones pressed and were told.</summary>
public sealed class PressLog
{
    private readonly ConcurrentDictionary<Guid, Press> _all = [];

    public IEnumerable<Press> All => _all.Values;

    public IEnumerable<Press> Answered => _all.Values.Where(press => press.Alarm is not null);

    /// <summary>Answers that were neither "there" nor "come back".</summary>
    public ConcurrentQueue<string> Refusals { get; } = [];

    public Press Begin(int worker)
    {
        var press = new Press(Guid.NewGuid(), worker, Stopwatch.GetTimestamp());
        _all[press.Id] = press;
        return press;
    }
}
