using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CommandCenter.Import;

/// <summary>Why a file was not read at all, so that there is no report about its rows.</summary>
public sealed record ImportRefusal(int Status, string Title, string Reason, string Detail)
{
    public ProblemHttpResult ToResult() => TypedResults.Problem(
        Detail,
        statusCode: Status,
        title: Title,
        type: $"/problems/{Reason}",
        extensions: new Dictionary<string, object?> { ["reason"] = Reason });
}

internal static class ImportRefusals
{
    public static ImportRefusal TooLarge(int maxBytes) => new(
        StatusCodes.Status413PayloadTooLarge, "Too large", "too-large", Invariant($"The file is larger than {maxBytes} bytes."));

    public static ImportRefusal TooMany(int most, string what) => new(
        StatusCodes.Status413PayloadTooLarge, "Too large", "too-many", Invariant($"The file has more than {most} {what}: split it."));

    public static ImportRefusal MediaType(string? found, IEnumerable<string> taken) => new(
        StatusCodes.Status415UnsupportedMediaType,
        "Unsupported media type",
        "media-type",
        $"The body must be {string.Join(" or ", taken)}, not {found ?? "without a Content-Type"}.");

    public static ImportRefusal TooSlow(int seconds) => new(
        StatusCodes.Status408RequestTimeout, "Too slow", "too-slow", Invariant($"The file did not arrive within {seconds} s."));

    public static ImportRefusal Empty() => Unreadable("empty-file", "The file is empty.");

    /// <summary>400.</summary>
    public static ImportRefusal Unreadable(string reason, string detail) => new(StatusCodes.Status400BadRequest, "Unreadable file", reason, detail);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
