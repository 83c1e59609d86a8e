using System.Net;
using CommandCenter.Http;

namespace CommandCenter.Access;

/// <summary>Whether a user and a password belong together: the delay after failures, then the slow hash.</summary>
public sealed class PasswordCheck(SignInDelay delay, PasswordHashing hashing, AccountStore store)
{
    /// <summary>The account, or the answer to refuse with: 401 wrong, 429 too early, 503 too busy.</summary>
    public async Task<(Account? Account, IResult? Refusal)> CheckAsync(
        string? user, string? password, IPAddress? address, CancellationToken cancellationToken)
    {
        user = user?.Trim();
        if (user is not { Length: > 0 and <= AccountRules.MaxUserLength } || user.Any(char.IsControl) || password is not { Length: > 0 and <= AccountRules.MaxPasswordLength })
        {
            return (null, Problems.BadArgument("user and password", $"texts of at most {AccountRules.MaxUserLength} and {AccountRules.MaxPasswordLength} characters"));
        }

        if (delay.Begin(user, address) is { } wait)
        {
            return (null, Problems.TryLater(StatusCodes.Status429TooManyRequests, "too-many-failures", "Too many failed sign-ins: wait a little.", wait));
        }

        AccountRow? row;
        bool? fits;
        try
        {
            row = await store.FindAsync(user, cancellationToken);
            fits = await hashing.VerifyAsync(row?.PasswordHash, password, cancellationToken);
        }
        catch
        {
            // The database is away, or the caller is: nobody learned whether the password fits, so nobody is made to wait for it.
            delay.Undo(user, address);
            throw;
        }

        if (fits is null)
        {
            // Not a guess that was answered: it does not count as a failure.
            delay.Undo(user, address);
            return (null, Busy());
        }

        if (fits == false || row!.DisabledAt is not null)
        {
            return (null, Problems.Unauthorized("wrong-credentials", "User or password is wrong."));
        }

        delay.Succeeded(user, address);
        return (row.ToAccount(), null);
    }

    public static IResult Busy() => Problems.TryLater(
        StatusCodes.Status503ServiceUnavailable, "busy", "Too many sign-ins at once: try again in a moment.", TimeSpan.FromSeconds(2));
}
