using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Storage;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CommandCenter.IntegrationTests.Storage;

public sealed class SchemaMigrationsTests
{
    private Backends _backends = null!;

    [SetUp]
    public async Task StartAsync() => _backends = await Backends.FreshAsync(withSchema: false);

    [TearDown]
    public async Task StopAsync() => await _backends.DisposeAsync();

    [Test]
    public async Task RunTwiceAppliesEachFileOnce()
    {
        await Migrations().RunAsync(CancellationToken.None);
        var first = await AppliedAsync();
        await Migrations().RunAsync(CancellationToken.None);

        var files = SchemaMigrations.FilesOf(typeof(SchemaMigrations).Assembly);
        Assert.That(first.Select(row => row.Number), Is.EqualTo(files.Select(file => file.Number)));
        Assert.That(await AppliedAsync(), Is.EqualTo(first));
    }

    [Test]
    public async Task NodesThatStartTogetherDoNotDisturbEachOther()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Migrations().RunAsync(CancellationToken.None)));
        Assert.That((await AppliedAsync()).Select(row => row.Number), Is.Unique.And.Not.Empty);
    }

    [Test]
    public async Task FileThatFailsLeavesNothingOfItselfBehind()
    {
        SchemaFile[] files = [SchemaFile.Of(1, "good", "create table good (id int)"), SchemaFile.Of(2, "bad", "create table half (id int); create table good (id int)")];
        await Assert.ThrowsAsync<PostgresException>(() => Migrations().RunAsync(files, CancellationToken.None));

        Assert.That((await AppliedAsync()).Select(row => row.Number), Is.EqualTo(new[] { 1 }));
        await using var connection = await _backends.DataSource.OpenConnectionAsync();
        Assert.That(await connection.ExecuteScalarAsync<bool>("select to_regclass('half') is null"));

        // And the lock is free: mended, it goes on.
        await Migrations().RunAsync([files[0], SchemaFile.Of(2, "bad", "create table half (id int)")], CancellationToken.None);
    }

    [Test]
    public async Task DatabaseOfANewerVersionIsRefused()
    {
        SchemaFile[] newer = [SchemaFile.Of(1, "one", "create table one (id int)"), SchemaFile.Of(2, "two", "create table two (id int)")];
        await Migrations().RunAsync(newer, CancellationToken.None);
        var refused = await Assert.ThrowsAsync<StartupRefusedException>(() => Migrations().RunAsync(newer[..1], CancellationToken.None));
        Assert.That(refused!.Code, Is.EqualTo(ExitCode.NewerData));
    }

    [Test]
    public async Task ChangedTextOfAnAppliedFileIsRefused()
    {
        await Migrations().RunAsync([SchemaFile.Of(1, "one", "create table one (id int)")], CancellationToken.None);
        await Assert.ThrowsAsync<StartupRefusedException>(() => Migrations().RunAsync([SchemaFile.Of(1, "one", "create table one (id bigint)")], CancellationToken.None));
    }

    private SchemaMigrations Migrations() => new(_backends.DataSource, NullLogger<SchemaMigrations>.Instance);

    private async Task<List<SchemaRow>> AppliedAsync()
    {
        await using var connection = await _backends.DataSource.OpenConnectionAsync();
        return [.. await connection.QueryAsync<SchemaRow>("select number, name, checksum from schema_migrations order by number")];
    }
}
