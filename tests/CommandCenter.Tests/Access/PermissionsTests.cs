using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Access.Kiosks;
using CommandCenter.Contracts.Access;

namespace CommandCenter.Tests.Access;

public sealed class PermissionsTests
{
    // The names are stored in claims, in demo.json and in people's scripts.
    [Test]
    public void KeepsTheRolesNames() =>
        Assert.That(Permissions.Roles.Keys, Is.EquivalentTo(new[] { "wall", "dispatcher", "supervisor", "administrator" }));

    [Test]
    public void LetsAHigherRoleDoWhatTheRolePoliciesAllowALowerOne()
    {
        AccountRole[] upwards = [AccountRole.Wall, AccountRole.Dispatcher, AccountRole.Supervisor, AccountRole.Administrator];
        foreach (var policy in upwards)
        {
            Assert.That(upwards.Where(role => Permissions.Allows(policy.Name(), role)), Is.EqualTo(upwards.Where(role => role >= policy)));
        }
    }

    [Test]
    public void LetsTheWallChangeNothing() =>
        Assert.That(Permissions.Table.Where(entry => entry.Value.Contains(AccountRole.Wall)).Select(entry => entry.Key), Is.EqualTo(new[] { Permissions.Watch }));

    [Test]
    public void LetsTheAdministratorDoEverything() =>
        Assert.That(Permissions.Table.Values, Has.All.Contain(AccountRole.Administrator));

    [Test]
    public void ReadsAViewerBackFromItsClaims()
    {
        var account = new Account(7, "Ann", AccountRole.Supervisor, 42, "stamp", false);
        Assert.That(account.ToPrincipal("s", "Cookies").ToViewer(), Is.EqualTo(new Viewer(7, "Ann", AccountRole.Supervisor, 42)));
    }

    [TestCase(ViewerClaims.Role, "root")]
    [TestCase(ViewerClaims.AccountId, "-1")]
    [TestCase(ViewerClaims.Area, "")]
    public void TakesNoViewerFromClaimsThatMakeNoSense(string claim, string value)
    {
        var claims = new Account(7, "Ann", AccountRole.Wall, 42, "stamp", false).ToPrincipal("s", "Cookies").Claims
            .Where(was => was.Type != claim).Append(new Claim(claim, value));
        Assert.That(new ClaimsPrincipal(new ClaimsIdentity(claims, "Cookies")).TryToViewer(), Is.Null);
        Assert.That(new ClaimsPrincipal(new ClaimsIdentity(claims)).TryToViewer(), Is.Null);
    }

    [Test]
    public void EndsASessionWhenTheAccountChangesOrIsDisabledOrGone()
    {
        var account = new Account(7, "Ann", AccountRole.Wall, 42, "stamp", false);
        var user = account.ToPrincipal("s", "Cookies");
        var directory = new AccountDirectory(new KioskPresence(TimeProvider.System));
        Assert.That(directory.IsCurrent(user), Is.False);
        directory.Replace([account]);
        Assert.That(directory.IsCurrent(user), Is.True);
        directory.Replace([account with { Stamp = "other" }]);
        Assert.That(directory.IsCurrent(user), Is.False);
        directory.Replace([account with { Disabled = true }]);
        Assert.That(directory.IsCurrent(user), Is.False);
    }
}
