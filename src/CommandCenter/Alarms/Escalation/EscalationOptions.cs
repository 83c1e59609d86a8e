using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CommandCenter.Alarms.Escalation;

/// <summary>Section <c>AlarmEscalation</c>: what happens to an alarm that nobody acknowledges.</summary>
public sealed class EscalationOptions
{
    public const string Section = "AlarmEscalation";

    /// <summary>Seconds from arrival to the first escalation, to the subdistrict.</summary>
    [Range(0.1, 86_400)]
    public double FirstSeconds { get; set; } = 30;

    /// <summary>Seconds from arrival to the second, to the district; later than the first.</summary>
    [Range(0.1, 86_400)]
    public double SecondSeconds { get; set; } = 60;

    /// <summary>Seconds between those that follow.</summary>
    [Range(0.1, 86_400)]
    public double RepeatSeconds { get; set; } = 60;

    /// <summary>Escalations at most; after them it stands as it is until somebody acts.</summary>
    [Range(0, 10_000)]
    public int Most { get; set; } = 60;

    /// <summary>The least urgent priority that escalates, 1 (SOS) to 4 (everything).</summary>
    [Range(1, 4)]
    public int LeastPriority { get; set; } = 2;

    /// <summary>Another first escalation for a kind of alarm, seconds; 0: that kind never escalates. The others keep their distance from it.</summary>
    public IDictionary<string, string> FirstSecondsOfKind { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Another first escalation for what happens in an area, by its code, and in all below it that have none of their own, seconds; 0: never there. It goes before that of a kind.</summary>
    public IDictionary<string, string> FirstSecondsOfArea { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

internal sealed class EscalationOptionsValidation : IValidateOptions<EscalationOptions>
{
    public ValidateOptionsResult Validate(string? name, EscalationOptions options)
    {
        var errors = new List<string>();
        if (options.SecondSeconds <= options.FirstSeconds)
        {
            errors.Add($"{EscalationOptions.Section}:SecondSeconds is {options.SecondSeconds}; it must be more than FirstSeconds, {options.FirstSeconds}.");
        }

        foreach (var (kind, seconds) in options.FirstSecondsOfKind)
        {
            if (!AlarmWords.Kinds.ContainsKey(kind))
            {
                errors.Add($"{EscalationOptions.Section}:FirstSecondsOfKind:{kind} is no kind of alarm; there are {string.Join(", ", AlarmWords.Kinds.Keys)}.");
            }

            if (!EscalationRules.TrySeconds(seconds, out _))
            {
                errors.Add($"{EscalationOptions.Section}:FirstSecondsOfKind:{kind} is '{seconds}'; it must be 0 to 86400.");
            }
        }

        errors.AddRange(options.FirstSecondsOfArea.Where(area => !EscalationRules.TrySeconds(area.Value, out _))
            .Select(area => $"{EscalationOptions.Section}:FirstSecondsOfArea:{area.Key} is '{area.Value}'; it must be 0 to 86400."));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
