using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web;

/// <summary>Section <c>Center</c>: where the command center stands.</summary>
public sealed class CenterOptions
{
    public const string Section = "Center";

    /// <summary>IANA name of the zone in which days begin and times are shown.</summary>
    [Required]
    public string TimeZone { get; set; } = "Asia/Shanghai";

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    /// <summary>When the center's day began that <paramref name="at"/> lies in.</summary>
    public DateTimeOffset StartOfDay(DateTimeOffset at)
    {
        var zone = Zone;
        var midnight = TimeZoneInfo.ConvertTime(at, zone).Date;

        // Where clocks are put forward at midnight, the day begins at the first moment there is.
        while (zone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(15);
        }

        // Where they are put back to midnight there are two: the first begins the day.
        return new DateTimeOffset(midnight, zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight));
    }
}

internal sealed class CenterOptionsValidation : IValidateOptions<CenterOptions>
{
    public ValidateOptionsResult Validate(string? name, CenterOptions options) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Center:TimeZone: '{options.TimeZone}' is no time zone this system knows; give an IANA name such as Asia/Shanghai.");
}
