using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CommandCenter.Alarms.Webhooks;

/// <summary>Section <c>AlarmWebhooks</c>: whom alarms are told beside the walls; gateways of short messages and telephones attach here.</summary>
public sealed class WebhookOptions
{
    public const string Section = "AlarmWebhooks";

    /// <summary>Addresses to post to, by a name of your choice.</summary>
    public IDictionary<string, string> Urls { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>A secret: the key that signs what is posted to the address of that name, 16 characters or more.</summary>
    public IDictionary<string, string> Keys { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The least urgent priority that is told, 1 (SOS) to 4 (everything).</summary>
    [Range(1, 4)]
    public int LeastPriority { get; set; } = 2;

    /// <summary>Attempts at one message, with growing pauses between them; after the last it is given up and logged.</summary>
    [Range(1, 50)]
    public int Attempts { get; set; } = 12;

    /// <summary>Longest wait for an answer, seconds.</summary>
    [Range(0.5, 60)]
    public double TimeoutSeconds { get; set; } = 10;
}

internal sealed class WebhookOptionsValidation : IValidateOptions<WebhookOptions>
{
    private const int ShortestKey = 16;

    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        // Neither addresses nor keys are repeated in the sentences: both may hold secrets.
        var errors = options.Urls.Where(hook => !Uri.TryCreate(hook.Value, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            .Select(hook => $"{WebhookOptions.Section}:Urls:{hook.Key} must be an http or https address.")
            .Concat(options.Urls.Where(hook => !options.Keys.TryGetValue(hook.Key, out var key) || key.Length < ShortestKey)
                .Select(hook => $"{WebhookOptions.Section}:Keys:{hook.Key} must be a secret of {ShortestKey} characters or more."))
            .ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
