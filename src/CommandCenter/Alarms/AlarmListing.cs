using CommandCenter.Alarms.Board;
using CommandCenter.Alarms.Ledger;
using CommandCenter.Areas;
using CommandCenter.Storage;

namespace CommandCenter.Alarms;

/// <summary>The list of alarms: what is stored, with what the board knows of it that is not stored yet. With PostgreSQL away it is the board's alone: all that are open.</summary>
public sealed class AlarmListing(AlarmBoard board, AlarmReads reads)
{
    /// <summary>Alarms of a page, newest arrival first, and where the next begins; null at the end.</summary>
    public async Task<(IReadOnlyList<AlarmState> Alarms, string? Next)> PageAsync(AlarmQuery query, AreaScope scope, AreaNode area, CancellationToken cancellationToken)
    {
        var size = query.Limit;
        var stored = await StoredAsync(query with { Limit = size + 1 }, cancellationToken);

        // What lies further back than a full page of the store is on a later page.
        var full = stored.Count > size;
        var (farMs, farId) = full ? (stored[^1].ArrivedMs, stored[^1].Id) : (long.MinValue, Guid.Empty);
        var under = new AreaScope(scope.Tree, area);
        var found = stored.ToDictionary(alarm => alarm.Id);
        foreach (var here in board.All())
        {
            // It may be no longer what the store says it is.
            found.Remove(here.Id);
            if (Fits(here, query) && AlarmViews.Sees(under, here) && IsBefore(here, query.BeforeMs, query.BeforeId) && !(full && IsBefore(here, farMs, farId)))
            {
                found[here.Id] = here;
            }
        }

        var alarms = found.Values.OrderByDescending(alarm => alarm.ArrivedMs).ThenByDescending(alarm => alarm.Id).Take(size).ToList();
        var next = found.Count > size ? AlarmRules.CursorOf(alarms[^1].ArrivedMs, alarms[^1].Id)
            : full ? AlarmRules.CursorOf(farMs, farId)
            : null;
        return (alarms, next);
    }

    private async Task<IReadOnlyList<AlarmState>> StoredAsync(AlarmQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return await reads.PageAsync(query, cancellationToken);
        }
        catch (Exception e) when (BackendAway.Means(e))
        {
            return [];
        }
    }

    private static bool Fits(AlarmState alarm, AlarmQuery query) =>
        (!query.OpenOnly || alarm.IsOpen)
        && (query.State is null || query.State == alarm.Stage.Word())
        && (query.Kind is null || query.Kind == alarm.Press.Kind.Word())
        && (query.WorkerId is null || query.WorkerId == alarm.Press.WorkerId);

    /// <summary>Further down the list than the place.</summary>
    private static bool IsBefore(AlarmState alarm, long ms, Guid id) => alarm.ArrivedMs < ms || (alarm.ArrivedMs == ms && alarm.Id.CompareTo(id) < 0);
}
