using CommandCenter.Alarms;
using Microsoft.Extensions.Options;

namespace CommandCenter.Dispatch.Attachments;

/// <summary>Memory for files on their way in: many phones that send large ones at once are asked to come again instead of filling this node.</summary>
internal sealed class AttachmentRoom(IOptions<AlarmOptions> options)
{
    private long _taken;

    /// <summary>Null: there is none now. One file always finds room when there is no other.</summary>
    public IDisposable? TryTake(long bytes)
    {
        var taken = Interlocked.Add(ref _taken, bytes);
        if (taken <= options.Value.AttachmentsInFlightMegabytes * (long)AlarmRules.Megabyte || taken == bytes)
        {
            return new Taken(this, bytes);
        }

        Interlocked.Add(ref _taken, -bytes);
        return null;
    }

    private sealed class Taken(AttachmentRoom room, long bytes) : IDisposable
    {
        private int _given;

        public void Dispose() => Interlocked.Add(ref room._taken, Interlocked.Exchange(ref _given, 1) == 0 ? -bytes : 0);
    }
}
