using CommandCenter.Access;
using CommandCenter.Alarms;
using CommandCenter.Areas;

namespace CommandCenter.Dispatch;

/// <summary>Finds an alarm for whoever is to send somebody to it.</summary>
public sealed class AlarmPlaces(AlarmLife alarms, AreaDirectory areas)
{
    /// <summary>Null both when it lies outside the viewer's area and when there is none.</summary>
    public Task<AlarmState?> FindAsync(Viewer viewer, string? id, CancellationToken cancellationToken) =>
        alarms.FindAsync(viewer.ScopeIn(areas.Current), id, cancellationToken);

    /// <summary>Whoever asks.</summary>
    public Task<AlarmState?> FindAsync(Guid id, CancellationToken cancellationToken) => alarms.FindAsync(id, cancellationToken);
}
