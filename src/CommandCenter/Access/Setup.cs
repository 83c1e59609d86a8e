using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CommandCenter.Areas;
using CommandCenter.Contracts.Access;
using CommandCenter.Contracts.Areas;
using CommandCenter.Storage;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Access;

/// <summary>Shows the one-time set-up link to whoever started the server. The terminal implements it; a log must not, since the link is a secret.</summary>
public interface ISetupLinkPrinter
{
    /// <param name="pathAndFragment">Such as <c>/setup#TOKEN</c>: the fragment never reaches a server or its logs.</param>
    /// <param name="goodFor">How long it can be used.</param>
    void Print(string pathAndFragment, TimeSpan goodFor);
}

/// <summary>Makes the first administrator of an empty installation.</summary>
public sealed class SetupStore(NpgsqlDataSource dataSource, AreaStore areas, AccountStore accounts, IOptions<AccessOptions> options, TimeProvider time)
{
    private const string CountAccounts = "select count(*) from accounts";

    private const string InsertLink =
        """
        delete from setup_links where expires_at < @now;
        insert into setup_links (token_hash, expires_at) values (@hash, @expires)
        """;

    /// <summary>A new token, kept as a hash; null when there are accounts already.</summary>
    public async Task<string?> NewTokenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (await connection.ExecuteScalarAsync<long>(new CommandDefinition(CountAccounts, cancellationToken: cancellationToken)) > 0)
        {
            return null;
        }

        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = time.GetUtcNow();
        await connection.ExecuteAsync(new CommandDefinition(
            InsertLink, new { hash = Hash(token), now, expires = now.AddMinutes(options.Value.SetupMinutes) }, cancellationToken: cancellationToken));
        return token;
    }

    // All links go with the first use, whichever node printed them.
    private const string UseLink =
        """
        lock table accounts in share row exclusive mode;
        delete from setup_links where token_hash = @hash and expires_at > @now and not exists (select 1 from accounts);
        """;

    private const string DropLinks = "delete from setup_links";

    /// <summary>Administrator and root area in one transaction; false when the token is wrong, used or too old, or there are accounts already.</summary>
    public async Task<bool> CompleteAsync(string token, string user, string passwordHash, string areaCode, string areaName, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ChangeFeed.BumpAsync(connection, transaction, AreaStore.Feed, cancellationToken);
        await ChangeFeed.BumpAsync(connection, transaction, AccountStore.Feed, cancellationToken);
        var used = await connection.ExecuteAsync(new CommandDefinition(
            UseLink, new { hash = Hash(token), now = time.GetUtcNow() }, transaction, cancellationToken: cancellationToken));
        if (used != 1)
        {
            return false;
        }

        await connection.ExecuteAsync(new CommandDefinition(DropLinks, transaction: transaction, cancellationToken: cancellationToken));
        var root = new AreaDraft(areaCode, areaName, null, AreaKind.District, null, null, null);
        if (await areas.InsertAsync(connection, transaction, root, cancellationToken) is not { } areaId
            || await accounts.InsertAsync(connection, transaction, user, passwordHash, AccountRole.Administrator, areaId, cancellationToken) is null)
        {
            return false;
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

/// <summary>Prints the set-up link on every start of an installation without any account.</summary>
public sealed class SetupLink(SetupStore store, IOptions<AccessOptions> options, IEnumerable<ISetupLinkPrinter> printers) : IStartupStep
{
    /// <summary>After the demo's accounts (200), with which there is nothing to set up.</summary>
    public int Order => 210;

    public string Name => "setup-link";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await store.NewTokenAsync(cancellationToken) is not { } token)
        {
            return;
        }

        foreach (var printer in printers)
        {
            printer.Print($"/setup#{token}", TimeSpan.FromMinutes(options.Value.SetupMinutes));
        }
    }
}
