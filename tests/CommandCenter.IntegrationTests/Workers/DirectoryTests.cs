using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts.Access;
using CommandCenter.Contracts.Areas;
using CommandCenter.Contracts.Workers;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Storage;
using CommandCenter.Workers;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.IntegrationTests.Workers;

/// <summary>Stores and directories on a real database, without a server around them.</summary>
public sealed class DirectoryTests
{
    private Backends _backends = null!;
    private Node _here = null!;
    private Node _there = null!;
    private int _area;

    [SetUp]
    public async Task SetUpAsync()
    {
        _backends = await Backends.FreshAsync();
        _here = new Node(_backends);
        _there = new Node(_backends);
        _area = (await new AreaStore(_backends.DataSource, TimeProvider.System).AddAsync(
            new AreaDraft("1", "One", null, AreaKind.District, null, null, null), default))!.Value;
    }

    [TearDown]
    public async Task TearDownAsync() => await _backends.DisposeAsync();

    [Test]
    public async Task BringsInOnlyWhatChanged()
    {
        var ann = await _here.Workers.AddAsync("ann", new WorkerDraft("Ann", WorkerRole.GridWorker, _area, null), default);
        var (first, all) = await _here.Workers.LoadAsync(0, default);
        Assert.That(all.Select(change => change.Id), Is.EqualTo(new[] { ann }));
        var bob = await _here.Workers.AddAsync("bob", new WorkerDraft("Bob", WorkerRole.Reserve, _area, "1"), default);
        var (second, changed) = await _here.Workers.LoadAsync(first, default);
        Assert.That(changed.Select(change => change.Id), Is.EqualTo(new[] { bob }));
        Assert.That((await _here.Workers.LoadAsync(second, default)).Changes, Is.Empty);
    }

    [Test]
    public async Task KeepsDutyAsPeriods()
    {
        var id = (await _here.Workers.AddAsync("ann", new WorkerDraft("Ann", WorkerRole.GridWorker, _area, null), default))!.Value;
        Assert.That(await _here.Workers.SetDutyAsync(id, false, default), Is.False);
        Assert.That(await _here.Workers.SetDutyAsync(id, true, default), Is.True);
        Assert.That(await _here.Workers.SetDutyAsync(id, true, default), Is.False);
        await _there.WorkerLoading.RefreshAsync(default);
        var open = _there.Directory.Current[id]!.DutyPeriods.Single();
        Assert.That(open.EndMs, Is.EqualTo(long.MaxValue));
        Assert.That(await _here.Workers.SetDutyAsync(id, false, default), Is.True);
        await _there.WorkerLoading.RefreshAsync(default);
        var closed = _there.Directory.Current[id]!;
        Assert.That(closed.IsOnDuty(open.StartMs), Is.True);
        Assert.That(closed.IsOnDuty(closed.DutyPeriods.Single().EndMs), Is.False);
    }

    [Test]
    public async Task MissesNoChangeOfManyAtOnce()
    {
        var adding = Enumerable.Range(0, 40).Select(n => _here.Workers.AddAsync($"w{n}", new WorkerDraft("W", WorkerRole.GridWorker, _area, null), default)).ToList();
        while (!adding.TrueForAll(task => task.IsCompleted))
        {
            await _there.WorkerLoading.RefreshAsync(default);
        }

        await Task.WhenAll(adding);
        await _there.WorkerLoading.RefreshAsync(default);
        Assert.That(_there.Directory.Current.Count, Is.EqualTo(40));
    }

    [Test]
    public async Task SkillsAreKeptUntilTheyAreGivenAnew()
    {
        var id = (await _here.Workers.AddAsync("ann", new WorkerDraft("Ann", WorkerRole.GridWorker, _area, null, ["急救", "手语"]), default))!.Value;
        await _here.Workers.AddAsync("bob", new WorkerDraft("Bob", WorkerRole.GridWorker, _area, null, ["急救", "手语"]), default);
        await _here.Workers.ChangeAsync(id, _area, new WorkerDraft("Anna", WorkerRole.GridWorker, _area, "1"), default);
        await _there.WorkerLoading.RefreshAsync(default);
        var (ann, bob) = (_there.Directory.Current.Find("ann")!, _there.Directory.Current.Find("bob")!);
        Assert.That(ann.Skills, Is.EqualTo(new[] { "急救", "手语" }));
        Assert.That(bob.Skills, Is.SameAs(ann.Skills), "a whole district's are kept once for each set of them");

        await _here.Workers.ChangeAsync(id, _area, new WorkerDraft("Anna", WorkerRole.GridWorker, _area, "1", []), default);
        await _there.WorkerLoading.RefreshAsync(default);
        Assert.That(_there.Directory.Current.Find("ann")!.Skills, Is.Empty);
    }

    [Test]
    public async Task LetsNobodyPullAWorkerBackWhoWasMovedMeanwhile()
    {
        var elsewhere = (await new AreaStore(_backends.DataSource, TimeProvider.System).AddAsync(
            new AreaDraft("2", "Two", null, AreaKind.Community, null, _area, null), default))!.Value;
        var id = (await _here.Workers.AddAsync("ann", new WorkerDraft("Ann", WorkerRole.GridWorker, _area, null), default))!.Value;
        var moved = await Task.WhenAll(
            _here.Workers.ChangeAsync(id, _area, new WorkerDraft("Ann", WorkerRole.GridWorker, elsewhere, null), default),
            _there.Workers.ChangeAsync(id, _area, new WorkerDraft("Anna", WorkerRole.GridWorker, elsewhere, null), default));
        Assert.That(moved, Is.EquivalentTo(new[] { WorkerChanged.Yes, WorkerChanged.Overtaken }));
        Assert.That(await _here.Workers.ChangeAsync(id, elsewhere, new WorkerDraft("Ann", WorkerRole.GridWorker, elsewhere, "1"), default), Is.EqualTo(WorkerChanged.Yes));
        await _here.Workers.LeaveAsync(id, 1, default);
        Assert.That(await _here.Workers.ChangeAsync(id, elsewhere, new WorkerDraft("Ann", WorkerRole.GridWorker, _area, null), default), Is.EqualTo(WorkerChanged.Left));
    }

    [Test]
    public async Task RefusesATakenCodeInAnyCase()
    {
        await _here.Workers.AddAsync("ann", new WorkerDraft("Ann", WorkerRole.GridWorker, _area, null), default);
        Assert.That(await _here.Workers.AddAsync("ANN", new WorkerDraft("Ann", WorkerRole.GridWorker, _area, null), default), Is.Null);
    }

    [Test]
    public async Task FindsADeviceOfAnotherNodeBeforeAnyPollAndRefusesItOnceRevoked()
    {
        var worker = (await _here.Workers.AddAsync("ann", new WorkerDraft("Ann", WorkerRole.GridWorker, _area, null), default))!.Value;
        var id = (await _here.Devices.AddAsync(worker, null, "d1", DeviceSecrets.Hash("secret"), DeviceSecrets.Hash("osmand"), 1, default))!.Value;
        Assert.That((await _there.DeviceDirectory.FindByOsmandIdAsync("osmand", default)).Device?.WorkerId, Is.EqualTo(worker));
        Assert.That((await _there.DeviceDirectory.FindByCredentialsAsync("d1", "secret", default)).Status, Is.EqualTo(LookupStatus.Found));
        await _here.Devices.RevokeAsync(id, 1, default);
        await _there.DeviceLoading.RefreshAsync(default);
        Assert.That((await _there.DeviceDirectory.FindByOsmandIdAsync("osmand", default)).Status, Is.EqualTo(LookupStatus.Revoked));
        Assert.That((await _there.DeviceDirectory.FindByCredentialsAsync("d1", "secret", default)).Status, Is.EqualTo(LookupStatus.Revoked));
    }

    [Test]
    public async Task KeepsNoSecretInTheDatabase()
    {
        var worker = (await _here.Workers.AddAsync("ann", new WorkerDraft("Ann", WorkerRole.GridWorker, _area, null), default))!.Value;
        await _here.Devices.AddAsync(worker, null, "d1", DeviceSecrets.Hash("secret-of-d1"), DeviceSecrets.Hash("osmand-of-d1"), 1, default);
        await using var command = _backends.DataSource.CreateCommand("select string_agg(row_to_json(d)::text, '') from devices d");
        var text = (string)(await command.ExecuteScalarAsync())!;
        Assert.That(text, Does.Not.Contain("secret-of-d1").And.Not.Contain("osmand-of-d1").And.Contain("d1"));
    }

    [Test]
    public async Task PagesTheTrailNewestFirstWithinTheAreas()
    {
        var audit = new AuditStore(_backends.DataSource, new AuditSpool(_backends.Redis), TimeProvider.System);
        var trail = new AuditTrail(_backends.DataSource);
        var viewer = new Viewer(1, "ann", AccountRole.Dispatcher, _area);
        for (var n = 0; n < 5; n++)
        {
            await audit.WriteAsync(viewer, AuditActions.WatchArea, n == 2 ? 12_345 : _area, detail: $"{n}");
        }

        var first = await trail.PageAsync(new AuditQuery([_area], long.MaxValue, 3), default);
        var rest = await trail.PageAsync(new AuditQuery([_area], first[^1].Id, 3), default);
        Assert.That(first.Concat(rest).Select(row => row.Detail), Is.EqualTo(new[] { "4", "3", "1", "0" }));
    }

    private sealed class Node
    {
        public Node(Backends backends)
        {
            var feed = new ChangeFeed(
                backends.DataSource, new SchemaMigrations(backends.DataSource, NullLogger<SchemaMigrations>.Instance), backends.Options, TimeProvider.System, NullLogger<ChangeFeed>.Instance);
            Workers = new WorkerStore(backends.DataSource, TimeProvider.System);
            Devices = new DeviceStore(backends.DataSource, TimeProvider.System);
            Directory = new WorkerDirectory();
            DeviceDirectory = new DeviceDirectory(Devices, TimeProvider.System);
            WorkerLoading = new WorkerLoading(Workers, Directory, feed);
            DeviceLoading = new DeviceLoading(Devices, DeviceDirectory, feed);
        }

        public WorkerStore Workers { get; }

        public DeviceStore Devices { get; }

        public WorkerDirectory Directory { get; }

        public DeviceDirectory DeviceDirectory { get; }

        public WorkerLoading WorkerLoading { get; }

        public DeviceLoading DeviceLoading { get; }
    }
}
