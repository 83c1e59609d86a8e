using CommandCenter.Areas;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;

namespace CommandCenter.Alarms;

/// <summary>
/// Completes what a sender said by what the center knows: whose device it is, where that lies, and whether it comes late or off duty. Nothing of it keeps an alarm from being raised.
/// </summary>
public sealed class AlarmPresses(WorkerDirectory workers, AreaDirectory areas, IOptions<AlarmOptions> options)
{
    /// <summary>Longest note, characters; a longer one is cut.</summary>
    public const int MaxNoteLength = 500;

    public AlarmPress Of(Device device, Guid given, in AlarmClaim claim, long nowMs) =>
        Of($"d{device.Id}", given, workers.Current[device.WorkerId], claim, nowMs) with { DeviceId = device.Id, WorkerId = device.WorkerId };

    /// <summary>By a person at a desk, about a worker, a place or both.</summary>
    public AlarmPress OfAccount(int accountId, Guid given, Worker? worker, in AlarmClaim claim, long nowMs) => Of($"a{accountId}", given, worker, claim, nowMs);

    private AlarmPress Of(string source, Guid given, Worker? worker, in AlarmClaim claim, long nowMs)
    {
        var tree = areas.Current;
        var (longitude, latitude) = IsOnEarth(claim.Longitude, claim.Latitude) ? (claim.Longitude, claim.Latitude) : (null, null);
        var place = longitude is { } east && latitude is { } north ? tree.Locate(east, north) : null;
        var home = worker is not null ? tree.Find(worker.HomeAreaId) : null;
        return new AlarmPress
        {
            Kind = claim.Kind,
            Source = source,
            Given = given,
            WorkerId = worker?.Id,
            Worker = worker?.Code,
            HomeAreaId = (home ?? place ?? tree.Nodes.FirstOrDefault())?.Area.Id ?? 0,
            PlaceAreaId = place?.Area.Id,
            OccurredMs = claim.OccurredMs,
            Late = nowMs - claim.OccurredMs > options.Value.LateSeconds * 1_000L,
            OffDuty = worker is not null && !worker.IsOnDuty(Math.Min(claim.OccurredMs, nowMs)),
            Exercise = claim.Exercise,
            Longitude = longitude,
            Latitude = latitude,
            AccuracyMeters = longitude is not null && claim.AccuracyMeters is { } accuracy && double.IsFinite(accuracy) && accuracy >= 0 ? accuracy : null,
            Note = NoteOf(claim.Note),
        };
    }

    /// <summary>Phones without a fix send zeros; nobody patrols that place in the ocean.</summary>
    internal static bool IsOnEarth(double? longitude, double? latitude) =>
        longitude is >= -180 and <= 180 && latitude is >= -90 and <= 90 && (longitude, latitude) != (0.0, 0.0);

    /// <summary>Cut to its bound, never within a character; without what no screen shows.</summary>
    internal static string? NoteOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var clean = new string([.. text.Trim().Select(c => char.IsControl(c) ? ' ' : c)]);
        if (clean.Length <= MaxNoteLength)
        {
            return clean;
        }

        return clean[..(char.IsHighSurrogate(clean[MaxNoteLength - 1]) ? MaxNoteLength - 1 : MaxNoteLength)];
    }
}

/// <summary>What a sender says of an alarm, in any protocol. A position that is none on earth counts as none.</summary>
public readonly record struct AlarmClaim(
    AlarmKind Kind, long OccurredMs, double? Longitude = null, double? Latitude = null, double? AccuracyMeters = null, string? Note = null, bool Exercise = false);
