using System.Collections.Concurrent;

namespace CommandCenter.Storage;

/// <summary>What still keeps this server from saying ready, by name. Slices register a reason while starting and clear it when done.</summary>
public sealed class Readiness
{
    private readonly ConcurrentDictionary<string, string> _waitingFor = new();

    public bool IsReady => _waitingFor.IsEmpty;

    public IReadOnlyDictionary<string, string> WaitingFor => _waitingFor;

    public void Wait(string name, string reason) => _waitingFor[name] = reason;

    public void Done(string name) => _waitingFor.TryRemove(name, out _);
}
