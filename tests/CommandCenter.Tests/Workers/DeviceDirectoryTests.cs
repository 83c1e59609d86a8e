using CommandCenter.Workers;

namespace CommandCenter.Tests.Workers;

public sealed class DeviceDirectoryTests
{
    private readonly FakeSource _source = new();
    private DeviceDirectory _directory = null!;

    [SetUp]
    public void SetUp()
    {
        _source.Rows.Clear();
        _source.Gateways.Clear();
        _source.Asked = 0;
        _source.Away = false;
        _directory = new DeviceDirectory(_source, TimeProvider.System);
    }

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [Test]
    public async Task FindsADeviceByItsIdentifierAndByItsCredentialsWithoutAsking()
    {
        _directory.Apply([Row(1, "d1", "osmand", "secret")]);
        Assert.That(await _directory.FindByOsmandIdAsync("osmand", default), Is.EqualTo(DeviceLookup.Of(new Device(1, "d1", 10, false))));
        Assert.That((await _directory.FindByCredentialsAsync("d1", "secret", default)).Device?.Id, Is.EqualTo(1));
        Assert.That(_directory.FindByUser("d1")?.Id, Is.EqualTo(1));
        Assert.That(_source.Asked, Is.Zero);
    }

    [Test]
    public async Task AllocatesNothingForAHit()
    {
        _directory.Apply([Row(1, "d1", "osmand", "secret")]);
        await _directory.FindByOsmandIdAsync("osmand", default);
        await _directory.FindByCredentialsAsync("d1", "secret", default);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < 1_000; n++)
        {
            _ = _directory.FindByOsmandIdAsync("osmand", default).Result;
            _ = _directory.FindByCredentialsAsync("d1", "secret", default).Result;
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1_000));
    }

    [Test]
    public async Task RefusesAWrongPasswordAndTakesNoSecretForAnother()
    {
        _directory.Apply([Row(1, "d1", "osmand", "secret")]);
        Assert.That((await _directory.FindByCredentialsAsync("d1", "osmand", default)).Status, Is.EqualTo(LookupStatus.Unknown));
        Assert.That((await _directory.FindByOsmandIdAsync("secret", default)).Status, Is.EqualTo(LookupStatus.Unknown));
        Assert.That((await _directory.FindByOsmandIdAsync("", default)).Status, Is.EqualTo(LookupStatus.Unknown));
        Assert.That((await _directory.FindByOsmandIdAsync(new string('x', 10_000), default)).Status, Is.EqualTo(LookupStatus.Unknown));
    }

    [Test]
    public async Task SaysRevokedOnlyToWhoHasTheSecret()
    {
        _directory.Apply([Row(1, "d1", "osmand", "secret", revoked: true)]);
        Assert.That((await _directory.FindByOsmandIdAsync("osmand", default)).Status, Is.EqualTo(LookupStatus.Revoked));
        Assert.That((await _directory.FindByCredentialsAsync("d1", "secret", default)).Status, Is.EqualTo(LookupStatus.Revoked));
        Assert.That((await _directory.FindByCredentialsAsync("d1", "wrong", default)).Status, Is.EqualTo(LookupStatus.Unknown));
    }

    [Test]
    public async Task AsksOnceForADeviceEnrolledElsewhereAMomentAgo()
    {
        _source.Rows.Add(Row(2, "d2", "osmand2", "secret2"));
        Assert.That((await _directory.FindByOsmandIdAsync("osmand2", default)).Device?.Id, Is.EqualTo(2));
        Assert.That((await _directory.FindByCredentialsAsync("d2", "secret2", default)).Device?.Id, Is.EqualTo(2));
        Assert.That(_source.Asked, Is.EqualTo(1));
    }

    [Test]
    public async Task AsksForAStrangerOnceAndNotAgain()
    {
        for (var n = 0; n < 5; n++)
        {
            Assert.That((await _directory.FindByOsmandIdAsync("stranger", default)).Status, Is.EqualTo(LookupStatus.Unknown));
        }

        Assert.That(_source.Asked, Is.EqualTo(1));
    }

    [Test]
    public async Task KnowsAStrangerAtOnceWhenItIsEnrolled()
    {
        await _directory.FindByOsmandIdAsync("osmand", default);
        await _directory.FindByCredentialsAsync("d1", "secret", default);
        _directory.Apply([Row(1, "d1", "osmand", "secret")]);
        Assert.That((await _directory.FindByOsmandIdAsync("osmand", default)).Status, Is.EqualTo(LookupStatus.Found));
        Assert.That((await _directory.FindByCredentialsAsync("d1", "secret", default)).Status, Is.EqualTo(LookupStatus.Found));
    }

    [Test]
    public async Task IsUnavailableRatherThanWrongWhileTheDatabaseIsAway()
    {
        _source.Away = true;
        Assert.That((await _directory.FindByOsmandIdAsync("osmand", default)).Status, Is.EqualTo(LookupStatus.Unavailable));
        Assert.That((await _directory.FindGatewayAsync("g", "secret", default)).Status, Is.EqualTo(LookupStatus.Unavailable));
        _source.Away = false;
        _source.Rows.Add(Row(1, "d1", "osmand", "secret"));
        Assert.That((await _directory.FindByOsmandIdAsync("osmand", default)).Status, Is.EqualTo(LookupStatus.Found));
    }

    [Test]
    public async Task NeverRevivesARevokedDeviceByALateAnswer()
    {
        _directory.Apply([Row(1, "d1", "osmand", "secret", revoked: true)]);
        _directory.Apply([Row(1, "d1", "osmand", "secret")]);
        Assert.That((await _directory.FindByOsmandIdAsync("osmand", default)).Status, Is.EqualTo(LookupStatus.Revoked));
    }

    [Test]
    public async Task ForgetsAnIdentifierThatWasReplaced()
    {
        _directory.Apply([Row(1, "d1", "old", "secret")]);
        _directory.Apply([Row(1, "d1", "new", "secret")]);
        Assert.That((await _directory.FindByOsmandIdAsync("old", default)).Status, Is.EqualTo(LookupStatus.Unknown));
        Assert.That((await _directory.FindByOsmandIdAsync("new", default)).Status, Is.EqualTo(LookupStatus.Found));
    }

    [Test]
    public async Task FindsGatewaysAlsoOnesMadeElsewhere()
    {
        DeviceSecrets.TryHash("secret", out var hash);
        _source.Gateways.Add(new GatewayRow(new Gateway(1, "g", 5, false), hash));
        Assert.That((await _directory.FindGatewayAsync("g", "secret", default)).Gateway?.AreaId, Is.EqualTo(5));
        Assert.That((await _directory.FindGatewayAsync("g", "wrong", default)).Status, Is.EqualTo(LookupStatus.Unknown));
    }

    [Test]
    public async Task StaysBoundedUnderAFloodOfStrangers()
    {
        for (var n = 0; n < 10_000; n++)
        {
            await _directory.FindByOsmandIdAsync($"stranger{n}", default);
        }

        Assert.That(_directory.RememberedUnknown, Is.LessThanOrEqualTo(4_096));
    }

    [Test]
    public void MakesSecretsOf128BitsThatDiffer()
    {
        var secrets = Enumerable.Range(0, 1_000).Select(_ => DeviceSecrets.New()).ToHashSet();
        Assert.That(secrets, Has.Count.EqualTo(1_000));
        Assert.That(secrets, Has.All.Length.EqualTo(22).And.All.Match("^[A-Za-z0-9_-]+$"));
    }

    private static DeviceRow Row(int id, string user, string osmand, string secret, bool revoked = false)
    {
        DeviceSecrets.TryHash(osmand, out var osmandHash);
        DeviceSecrets.TryHash(secret, out var secretHash);
        return new DeviceRow(new Device(id, user, id * 10, revoked), osmandHash, secretHash);
    }

    private sealed class FakeSource : IDeviceSource
    {
        public List<DeviceRow> Rows { get; } = [];

        public List<GatewayRow> Gateways { get; } = [];

        public int Asked { get; set; }

        public bool Away { get; set; }

        public Task<List<DeviceRow>> FindByOsmandIdAsync(SecretHash hash, CancellationToken cancellationToken) => Answer(row => row.Osmand == hash);

        public Task<List<DeviceRow>> FindByUserAsync(string user, CancellationToken cancellationToken) => Answer(row => row.Device.User == user);

        public Task<List<GatewayRow>> LoadGatewaysAsync(CancellationToken cancellationToken) =>
            Away ? throw new TimeoutException() : Task.FromResult(Gateways.ToList());

        private Task<List<DeviceRow>> Answer(Func<DeviceRow, bool> which)
        {
            Asked++;
            return Away ? throw new TimeoutException() : Task.FromResult(Rows.Where(which).ToList());
        }
    }
}
