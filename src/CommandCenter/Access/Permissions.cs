using CommandCenter.Areas;
using CommandCenter.Contracts.Access;
using CommandCenter.Jobs;

namespace CommandCenter.Access;

/// <summary>
/// Who may do what: the names are authorization policies (<c>RequireAuthorization(Permissions.Dispatch)</c>). The four named like
/// a role mean that role and those above it. An endpoint without any policy asks for a signed-in person.
/// </summary>
public static class Permissions
{
    public const string Watch = "wall";
    public const string Dispatch = "dispatcher";
    public const string Supervise = "supervisor";
    public const string Administer = "administrator";
    public const string ChangeDuty = "change-duty";
    public const string EnrolDevices = "enrol-devices";
    public const string ManageWorkers = "manage-workers";
    public const string ManageGateways = "manage-gateways";
    public const string ManageAccounts = "manage-accounts";
    public const string ManageKiosks = "manage-kiosks";
    public const string ReadAudit = "read-audit";

    public static readonly IReadOnlyDictionary<string, AccountRole[]> Table = new Dictionary<string, AccountRole[]>
    {
        [Watch] = [AccountRole.Wall, AccountRole.Dispatcher, AccountRole.Supervisor, AccountRole.Administrator],
        [Dispatch] = [AccountRole.Dispatcher, AccountRole.Supervisor, AccountRole.Administrator],
        [Supervise] = [AccountRole.Supervisor, AccountRole.Administrator],
        [Administer] = [AccountRole.Administrator],
        [ChangeDuty] = [AccountRole.Dispatcher, AccountRole.Supervisor, AccountRole.Administrator],
        [EnrolDevices] = [AccountRole.Dispatcher, AccountRole.Administrator],
        [ManageWorkers] = [AccountRole.Administrator],
        [ManageGateways] = [AccountRole.Administrator],
        [ManageAccounts] = [AccountRole.Administrator],
        [ManageKiosks] = [AccountRole.Administrator],
        [AreaEndpoints.ManagePolicy] = [AccountRole.Administrator],
        [JobEndpoints.ManagePolicy] = [AccountRole.Administrator],
        [ReadAudit] = [AccountRole.Administrator],
    };

    public static readonly IReadOnlyDictionary<string, AccountRole> Roles =
        Enum.GetValues<AccountRole>().ToDictionary(Name, StringComparer.Ordinal);

    /// <summary>The word on the wire and in claims.</summary>
    public static string Name(this AccountRole role) => role switch
    {
        AccountRole.Wall => "wall",
        AccountRole.Dispatcher => "dispatcher",
        AccountRole.Supervisor => "supervisor",
        AccountRole.Administrator => "administrator",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };

    public static bool Allows(string permission, AccountRole role) => Table[permission].Contains(role);
}
