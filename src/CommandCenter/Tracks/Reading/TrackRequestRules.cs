using System.Globalization;
using CommandCenter.Contracts.Tracks;

namespace CommandCenter.Tracks.Reading;

/// <summary>What may be asked for in one request. Pure.</summary>
public static class TrackRequestRules
{
    public const int MaxReasonLength = 200;
    public const int MaxCaseLength = 60;
    private const int MaxCodeLength = 100;
    private const double HourMs = TrackPiece.HourMilliseconds;

    /// <summary>Longer than tracks are kept; earlier and later moments are mistakes.</summary>
    private static readonly TimeSpan LongestBack = TimeSpan.FromDays(800);

    /// <summary>Null when the request may be answered.</summary>
    public static TrackRefusal? Check(TrackRequest? request, TrackReadingOptions limits, DateTimeOffset now)
    {
        if (request is null || (request.Workers is { Count: > 0 }) == !string.IsNullOrEmpty(request.Area))
        {
            return TrackRefusal.Bad("Name either workers or an area.");
        }

        var earliest = now - LongestBack;
        if (request.From < earliest.ToUnixTimeMilliseconds() || request.To > (now + TimeSpan.FromDays(1)).ToUnixTimeMilliseconds() || request.From >= request.To)
        {
            return TrackRefusal.Bad($"'from' must be before 'to', both in the last {LongestBack.TotalDays:0} days.");
        }

        if (string.IsNullOrWhiteSpace(request.Reason))
        {
            return TrackRefusal.NoReason;
        }

        if (!IsText(request.Reason, MaxReasonLength) || (request.Case is not null && !IsText(request.Case, MaxCaseLength)))
        {
            return TrackRefusal.Bad($"'reason' has at most {MaxReasonLength} characters and 'case' {MaxCaseLength}, none of them control characters.");
        }

        var hours = (request.To - request.From) / HourMs;
        return request.Workers is { } workers ? CheckWorkers(workers, hours, limits) : CheckArea(request.Area!, hours, limits);
    }

    private static TrackRefusal? CheckWorkers(IReadOnlyList<string> workers, double hours, TrackReadingOptions limits)
    {
        if (workers.Count > limits.MaxWorkers)
        {
            return TrackRefusal.TooMuch(Text($"{workers.Count} workers are asked for and {limits.MaxWorkers} are allowed in one request: ask in groups, or for an area."));
        }

        if (workers.Any(code => string.IsNullOrEmpty(code) || code.Length > MaxCodeLength))
        {
            return TrackRefusal.Bad($"A worker's code has 1 to {MaxCodeLength} characters.");
        }

        var allowed = (double)limits.MaxWorkerHours / workers.Count;
        return hours <= allowed
            ? null
            : TrackRefusal.TooMuch(Text(
                $"{hours:0.#} hours of {workers.Count} workers are asked for and {limits.MaxWorkerHours} worker-hours are allowed in one request: ask for {allowed:0.#} hours at a time."));
    }

    private static TrackRefusal? CheckArea(string area, double hours, TrackReadingOptions limits) =>
        area.Length > MaxCodeLength ? TrackRefusal.OutOfScope("area")
        : hours <= limits.MaxAreaHours ? null
        : TrackRefusal.TooMuch(Text(
            $"{hours:0.#} hours of an area are asked for and {limits.MaxAreaHours:0.#} are allowed in one request: ask for {limits.MaxAreaHours:0.#} hours at a time, or name the workers."));

    private static bool IsText(string text, int maxLength) => text.Trim().Length <= maxLength && !text.Any(char.IsControl);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
