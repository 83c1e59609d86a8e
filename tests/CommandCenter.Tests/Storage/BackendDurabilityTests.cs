using CommandCenter.Storage;

namespace CommandCenter.Tests.Storage;

public sealed class BackendDurabilityTests
{
    private static readonly Dictionary<string, string> SafeRedis = new() { ["appendonly"] = "yes", ["appendfsync"] = "always", ["maxmemory-policy"] = "noeviction" };
    private static readonly Dictionary<string, string> SafePostgres = new() { ["fsync"] = "on", ["synchronous_commit"] = "on", ["full_page_writes"] = "on" };

    [Test]
    public void DurableSettingsPass()
    {
        Assert.That(BackendDurability.JudgeRedis(SafeRedis), Is.Null);
        Assert.That(BackendDurability.JudgePostgres(SafePostgres), Is.Null);
        Assert.That(BackendDurability.JudgePostgres(new Dictionary<string, string>(SafePostgres) { ["synchronous_commit"] = "remote_apply" }), Is.Null);
    }

    [TestCase("appendonly", "no")]
    [TestCase("appendfsync", "everysec")]
    [TestCase("maxmemory-policy", "allkeys-lru")]
    public void UnsafeRedisIsNamed(string setting, string value) =>
        Assert.That(BackendDurability.JudgeRedis(new Dictionary<string, string>(SafeRedis) { [setting] = value }), Does.Contain($"{setting} is {value}"));

    [TestCase("fsync", "off")]
    [TestCase("synchronous_commit", "local")]
    [TestCase("full_page_writes", "off")]
    public void UnsafePostgresIsNamed(string setting, string value) =>
        Assert.That(BackendDurability.JudgePostgres(new Dictionary<string, string>(SafePostgres) { [setting] = value }), Does.Contain($"{setting} is {value}"));

    [Test]
    public void SettingsThatCannotBeSeenAreNotTrusted() => Assert.That(BackendDurability.JudgeRedis(new Dictionary<string, string>()), Is.Not.Null);
}
