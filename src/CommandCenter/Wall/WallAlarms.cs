using System.Runtime.CompilerServices;
using CommandCenter.Access;
using CommandCenter.Alarms;
using CommandCenter.Alarms.Board;
using CommandCenter.Areas;
using CommandCenter.Contracts.Alarms;

namespace CommandCenter.Wall;

/// <summary>
/// Alarms through the hub: all that are open in the viewer's area, then each change at once, whatever the wall watches and however slowly it takes frames. Each connection has its
/// own row of changes; one that overflows is told everything anew, and no other waits for it.
/// </summary>
public sealed class WallAlarms(AlarmBoard board, AlarmViews views, AlarmsShown shown, AreaDirectory areas, TimeProvider time)
{
    /// <summary>Without news a sign of life, by which clocks are set.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    internal async IAsyncEnumerable<AlarmNews> StreamAsync(Viewer viewer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Watched first: what happens between the two is in both, and is drawn once.
        using var watch = board.Watch();
        var tree = areas.Current;
        yield return All(viewer);
        var changes = new List<AlarmState>();
        while (true)
        {
            var woken = await watch.WaitAsync(Heartbeat, time, cancellationToken);
            changes.Clear();
            if (watch.Take(changes) || !ReferenceEquals(tree, areas.Current))
            {
                // Some were missed, or areas have moved and with them what is seen.
                tree = areas.Current;
                yield return All(viewer);
                continue;
            }

            var news = Of(viewer, changes, full: false);
            if (news.Alarms.Count > 0 || changes.Count == 0 || !woken)
            {
                yield return news;
            }
        }
    }

    /// <summary>A wall has drawn the alarm; nothing happens when it may not see it, or there is none.</summary>
    internal void Shown(Viewer viewer, string? id)
    {
        if (Guid.TryParseExact(id, "D", out var key) && board.Find(key) is { } alarm && AlarmViews.Sees(viewer.ScopeIn(areas.Current), alarm))
        {
            shown.Drawn(alarm, viewer.AccountId, viewer.User);
        }
    }

    private AlarmNews All(Viewer viewer) => Of(viewer, board.All(openOnly: true), full: true);

    private AlarmNews Of(Viewer viewer, IReadOnlyList<AlarmState> alarms, bool full)
    {
        var scope = viewer.ScopeIn(areas.Current);
        return new AlarmNews
        {
            Full = full,
            Time = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Away = board.Away,
            Alarms = [.. alarms.Where(alarm => AlarmViews.Sees(scope, alarm)).Select(alarm => views.OnWall(scope, alarm))],
        };
    }
}
