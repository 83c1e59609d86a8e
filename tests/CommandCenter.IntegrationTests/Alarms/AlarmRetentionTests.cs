using CommandCenter.Access;
using CommandCenter.Alarms;
using CommandCenter.Alarms.Board;
using CommandCenter.Alarms.Keeping;
using CommandCenter.Alarms.Ledger;
using CommandCenter.Alarms.Webhooks;
using CommandCenter.Areas;
using CommandCenter.Contracts.Access;
using CommandCenter.Dispatch.Keeping;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Keeping;
using CommandCenter.Workers;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.IntegrationTests.Alarms;

/// <summary>Alarms lose their words when these are past their keeping, go as a whole some time later, and neither while they are open or a case needs them.</summary>
public sealed class AlarmRetentionTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private static readonly Viewer Administrator = new(1, "administrator", AccountRole.Administrator, 1);

    private Backends _backends = null!;
    private NpgsqlConnection _connection = null!;
    private LedgerStore _ledger = null!;
    private AlarmReads _reads = null!;
    private AlarmSweep _sweep = null!;
    private HoldStore _holds = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _backends = await Backends.FreshAsync();
        _connection = await _backends.DataSource.OpenConnectionAsync();
        await _connection.ExecuteAsync("""
            insert into areas (code, parent_id, kind, name, created_at) values ('14', null, 0, 'all', now());
            insert into workers (code, name, role, home_area_id, created_at, changed_version) values ('w1', 'w1', 0, 1, now(), 1), ('w2', 'w2', 0, 1, now(), 1);
            """);
        _ledger = new LedgerStore(_backends.DataSource, new HookList(new AreaDirectory(), Options.Create(new WebhookOptions())));
        _reads = new AlarmReads(_backends.DataSource);
        _holds = new HoldStore(_backends.DataSource, new AuditStore(_backends.DataSource, null!, TimeProvider.System));
        _sweep = new AlarmSweep(
            _backends.DataSource, new AlarmKeepStore(_ledger, new AlarmBoard(), [new AssignmentTies()]), Options.Create(new AlarmOptions()), TimeProvider.System);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _connection.DisposeAsync();
        await _backends.DisposeAsync();
    }

    [Test]
    public async Task WordsGoFirstTheWholeLaterAndWhatIsOpenNever()
    {
        var (young, middle, old, open) = (await EndedAsync(300), await EndedAsync(400), await EndedAsync(1_100), await RaisedAsync(1_200));
        await AssignAsync(old, 2, 1_100);

        var deleted = await SweepAsync();

        Assert.That(deleted.Rows, Is.GreaterThan(8));
        Assert.That(await IdsAsync("select id from alarms"), Is.EquivalentTo(new[] { young, middle, open }));
        Assert.That(await IdsAsync("select distinct alarm_id from alarm_ledger"), Is.EquivalentTo(new[] { young, middle, open }));
        Assert.That(await IdsAsync("select alarm_id from assignments union select assignment_id from assignment_steps"), Is.Empty);
        foreach (var (id, steps, isErased) in ((Guid, string[], bool)[])[(young, ["raised", "resolved"], false), (middle, ["raised", "resolved", "erased"], true), (open, ["raised"], false)])
        {
            var (state, entries, intact) = (await _reads.LedgerAsync(id, CancellationToken.None))!.Value;
            Assert.Multiple(() =>
            {
                Assert.That(intact, Is.True);
                Assert.That(entries.Select(entry => entry.Step), Is.EqualTo(steps));
                Assert.That((state.ErasedMs is not null, state.Press.WorkerId is null, state.Press.Note is null, state.Press.Longitude is null), Is.EqualTo((isErased, isErased, isErased, isErased)));
                Assert.That(entries[0].Payload is null, Is.EqualTo(isErased));
            });
        }

        Assert.That(await SweepAsync(), Is.EqualTo(default(Deleted)), "once");
    }

    [Test]
    public async Task AHoldKeepsAlarmsOfTheWorkerAndThoseToWhichTheWorkerWasSent()
    {
        var (own, sent, other) = (await EndedAsync(1_100), await EndedAsync(1_100, worker: 2), await EndedAsync(1_100, worker: 2));
        await AssignAsync(sent, 1, 1_100);
        var hold = await _holds.PlaceAsync(
            Administrator,
            [new Worker(1, "w1", "w1", default, 1, null, [])],
            null,
            Now.AddDays(-1_101).ToUnixTimeMilliseconds(),
            Now.AddDays(-1_099).ToUnixTimeMilliseconds(),
            Now.AddDays(5),
            new AuditReason("complaint", "C-1"),
            Now,
            CancellationToken.None);

        await SweepAsync();
        Assert.That(await IdsAsync("select id from alarms where erased_ms is null"), Is.EquivalentTo(new[] { own, sent }), $"not {other}");
        Assert.That(await IdsAsync("select id from alarms"), Is.EquivalentTo(new[] { own, sent }));

        await _connection.ExecuteAsync("update track_holds set released_at = now() where id = @hold", new { hold });
        await SweepAsync();
        Assert.That(await IdsAsync("select id from alarms"), Is.Empty);
    }

    [Test]
    public async Task ManyGoInManySteps()
    {
        for (var i = 0; i < AlarmKeepStore.AtATime + 5; i++)
        {
            await EndedAsync(2_000);
        }

        var steps = 0;
        await _sweep.RunAsync((_, _) => Task.FromResult(steps++), CancellationToken.None);
        Assert.That(steps, Is.EqualTo(4), "two for the words, two for the rest");
        Assert.That(await IdsAsync("select id from alarms"), Is.Empty);
    }

    private Task<Deleted> SweepAsync() => _sweep.RunAsync((_, _) => Task.CompletedTask, CancellationToken.None);

    private async Task<Guid> EndedAsync(int daysAgo, int worker = 1)
    {
        var id = await RaisedAsync(daysAgo, worker);
        await _ledger.WriteDirectlyAsync([Step(id, AlarmStep.Resolved, daysAgo) with { By = "emil", Text = "w1 is safe" }], CancellationToken.None);
        return id;
    }

    private async Task<Guid> RaisedAsync(int daysAgo, int worker = 1)
    {
        var id = Guid.NewGuid();
        var press = new AlarmPress
        {
            Kind = AlarmKind.Sos,
            Source = $"d{worker}",
            Given = id,
            DeviceId = worker,
            WorkerId = worker,
            Worker = $"w{worker}",
            HomeAreaId = 1,
            OccurredMs = Now.AddDays(-daysAgo).ToUnixTimeMilliseconds(),
            Longitude = 112.57,
            Latitude = 37.86,
            Note = "help",
        };
        await _ledger.WriteDirectlyAsync([Step(id, AlarmStep.Raised, daysAgo) with { Press = press }], CancellationToken.None);
        return id;
    }

    private static AlarmEvent Step(Guid alarm, AlarmStep step, int daysAgo) =>
        new() { Id = Guid.NewGuid(), Alarm = alarm, Step = step, AtMs = Now.AddDays(-daysAgo).ToUnixTimeMilliseconds() };

    private Task AssignAsync(Guid alarm, int worker, int daysAgo) => _connection.ExecuteAsync("""
        with one as (
            insert into assignments (id, team, alarm_id, worker_id, area_id, state, account_id, sent_by, sent_at, changed_at, steps)
            values (@id, @id, @alarm, @worker, 1, 6, 1, 'emil', @at, @at, 1) returning id)
        insert into assignment_steps (assignment_id, number, state, at, implied, told) select @id, 1, 6, @at, false, true
        """, new { id = Guid.NewGuid(), alarm, worker, at = Now.AddDays(-daysAgo) });

    private async Task<IReadOnlyList<Guid>> IdsAsync(string sql) => (await _connection.QueryAsync<Guid>(sql)).AsList();
}
