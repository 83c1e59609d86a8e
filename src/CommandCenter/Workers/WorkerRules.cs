using CommandCenter.Contracts.Workers;
using CommandCenter.Http;

namespace CommandCenter.Workers;

/// <summary>What the roster's entries must be like. Pure.</summary>
public static class WorkerRules
{
    public const int MaxPhoneLength = 30;

    /// <summary>As people write them: nothing is dialled by the server. Null when there is none.</summary>
    public static string? CheckPhone(string? phone, Arguments arguments) => arguments.Optional("phone", phone, MaxPhoneLength);

    public static WorkerRole CheckRole(string? role, Arguments arguments)
    {
        if (arguments.OneOf("role", role, WorkerNames.Roles) is { } known)
        {
            return known;
        }

        arguments.Refuse("role", "one of " + string.Join(", ", WorkerNames.Roles.Keys));
        return default;
    }
}
