using System.Globalization;
using Microsoft.AspNetCore.SignalR;

namespace CommandCenter.Wall;

/// <summary>Refusals of a hub method, numbered like HTTP's: the client reads the number, a person the rest.</summary>
internal static class HubProblem
{
    public static HubException Of(int status, string detail) => new(string.Create(CultureInfo.InvariantCulture, $"{status} {detail}"));

    public static HubException BadRequest(string detail) => new($"400 {detail}");

    public static HubException Forbidden(string detail) => new($"403 {detail}");

    public static HubException TooMany(string detail) => new($"429 {detail}");

    public static HubException Unavailable(string detail) => new($"503 {detail}");
}
