using System.Globalization;
using System.Security.Claims;
using CommandCenter.Areas;
using CommandCenter.Contracts.Access;

namespace CommandCenter.Access;

/// <summary>The signed-in person behind a request or a connection, read from its claims. Scope is everything under <paramref name="AreaId"/>.</summary>
public sealed record Viewer(int AccountId, string User, AccountRole Role, int AreaId)
{
    public bool MaySeePhones => Role is not AccountRole.Wall;

    public AreaScope ScopeIn(AreaTree tree) => new(tree, tree.Find(AreaId));
}

/// <summary>The claims a session is made of, and back.</summary>
public static class ViewerClaims
{
    public const string AccountId = "sub";
    public const string User = "name";
    public const string Role = "role";
    public const string Area = "area";

    /// <summary>Must equal the account's, or the session is over.</summary>
    public const string Stamp = "stamp";

    /// <summary>Random, one a session; the anti-forgery value is bound to it.</summary>
    public const string Session = "sid";

    /// <summary>The viewer; throws where nobody is signed in, which no endpoint with a policy lets happen.</summary>
    public static Viewer ToViewer(this ClaimsPrincipal user) =>
        user.TryToViewer() ?? throw new InvalidOperationException("Nobody is signed in here: the endpoint lacks a policy.");

    public static Viewer? TryToViewer(this ClaimsPrincipal user)
    {
        if (user.Identity is not { IsAuthenticated: true }
            || !Number(user, AccountId, out var id)
            || !Number(user, Area, out var area)
            || user.FindFirst(User)?.Value is not { } name
            || user.FindFirst(Role)?.Value is not { } role
            || !Permissions.Roles.TryGetValue(role, out var known))
        {
            return null;
        }

        return new Viewer(id, name, known, area);
    }

    public static ClaimsPrincipal ToPrincipal(this Account account, string session, string scheme) => new(new ClaimsIdentity(
        [
            new Claim(AccountId, account.Id.ToString(CultureInfo.InvariantCulture)),
            new Claim(User, account.User),
            new Claim(Role, account.Role.Name()),
            new Claim(Area, account.AreaId.ToString(CultureInfo.InvariantCulture)),
            new Claim(Stamp, account.Stamp),
            new Claim(Session, session),
        ],
        scheme,
        User,
        Role));

    private static bool Number(ClaimsPrincipal user, string claim, out int value) =>
        int.TryParse(user.FindFirst(claim)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
