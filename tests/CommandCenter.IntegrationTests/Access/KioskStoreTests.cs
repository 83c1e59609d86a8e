using CommandCenter.Access;
using CommandCenter.Access.Kiosks;
using CommandCenter.Areas;
using CommandCenter.Contracts.Access;
using CommandCenter.Contracts.Areas;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.IntegrationTests.Access;

/// <summary>Pairings and accounts on a real database, with a clock that is told the time.</summary>
public sealed class KioskStoreTests
{
    private static readonly byte[] Secret = [1, 2, 3];

    private Backends _backends = null!;
    private Clock _clock = null!;
    private KioskPairings _pairings = null!;
    private AccountStore _accounts = null!;
    private KioskStore _kiosks = null!;
    private int _area;

    [SetUp]
    public async Task SetUpAsync()
    {
        _backends = await Backends.FreshAsync();
        _clock = new Clock();
        _pairings = new KioskPairings(_backends.DataSource, _clock);
        _accounts = new AccountStore(_backends.DataSource, _clock);
        _kiosks = new KioskStore(_backends.DataSource, _accounts, _pairings, _clock);
        _area = (await new AreaStore(_backends.DataSource, TimeProvider.System).AddAsync(
            new AreaDraft("1", "One", null, AreaKind.District, null, null, null), default))!.Value;
    }

    [TearDown]
    public async Task TearDownAsync() => await _backends.DisposeAsync();

    [Test]
    public async Task ForgetsACodeAfterTenMinutes()
    {
        var id = Guid.NewGuid();
        Assert.That(await _pairings.OpenAsync(id, "AAAAAA", Secret, "n", default), Is.EqualTo(_clock.GetUtcNow().AddMinutes(10)));
        _clock.Pass(TimeSpan.FromMinutes(10));
        Assert.That((await _pairings.FindAsync(id, Secret, default)).State, Is.EqualTo(PairingState.Gone));
        Assert.That((await _kiosks.PairAsync("AAAAAA", Draft("lobby"), default)).Outcome, Is.EqualTo(KioskOutcome.WrongCode));
        Assert.That(await _pairings.OpenAsync(Guid.NewGuid(), "AAAAAA", Secret, "n", default), Is.Not.Null, "the code may be shown again");
    }

    [Test]
    public async Task GivesTheDisplayTenMinutesMoreOnceItsCodeWasEntered()
    {
        var id = Guid.NewGuid();
        await _pairings.OpenAsync(id, "AAAAAA", Secret, "n", default);
        _clock.Pass(TimeSpan.FromMinutes(9.9));
        var (outcome, kiosk) = await _kiosks.PairAsync("AAAAAA", Draft("lobby"), default);
        _clock.Pass(TimeSpan.FromMinutes(5));
        Assert.That(outcome, Is.EqualTo(KioskOutcome.Done));
        Assert.That(await _pairings.FindAsync(id, Secret, default), Is.EqualTo((PairingState.Paired, (int?)kiosk)));
        Assert.That((await _pairings.FindAsync(id, [3, 2, 1], default)).State, Is.EqualTo(PairingState.Gone));
    }

    [Test]
    public async Task BoundsTheCodesOfOneNetworkAndLetsOthersIn()
    {
        for (var n = 0; n < KioskPairings.MostOfNetwork; n++)
        {
            Assert.That(await _pairings.OpenAsync(Guid.NewGuid(), $"AAAA{n}", Secret, "greedy", default), Is.Not.Null);
        }

        Assert.That(await _pairings.OpenAsync(Guid.NewGuid(), "BBBBBB", Secret, "greedy", default), Is.Null);
        Assert.That(await _pairings.OpenAsync(Guid.NewGuid(), "BBBBBB", Secret, "modest", default), Is.Not.Null);
        _clock.Pass(KioskPairings.GoodFor);
        Assert.That(await _pairings.OpenAsync(Guid.NewGuid(), "CCCCCC", Secret, "greedy", default), Is.Not.Null);
    }

    [Test]
    public async Task GivesThePlaceOfTheOldestCodeThatNobodyLooksAtToANewOne()
    {
        var ids = await FillAsync("office");
        _clock.Pass(KioskPairings.UnseenAfter / 2);
        await _pairings.FindAsync(ids[0], Secret, default);
        await _pairings.FindAsync(ids[1], [3, 2, 1], default);
        _clock.Pass(KioskPairings.UnseenAfter / 2);

        Assert.That(await _pairings.OpenAsync(Guid.NewGuid(), "BBBBBB", Secret, "office", default), Is.Not.Null);
        Assert.That((await _pairings.FindAsync(ids[0], Secret, default)).State, Is.EqualTo(PairingState.Waiting), "its display looked");
        Assert.That((await _pairings.FindAsync(ids[1], Secret, default)).State, Is.EqualTo(PairingState.Gone), "whoever looked did not have the secret");
        Assert.That((await _pairings.FindAsync(ids[2], Secret, default)).State, Is.EqualTo(PairingState.Waiting), "one place is enough");
    }

    [Test]
    public async Task TakesNoCodeFromADisplayThatIsLookedAt()
    {
        var ids = await FillAsync("office");
        for (var n = 0; n < 12; n++)
        {
            _clock.Pass(TimeSpan.FromSeconds(8));
            foreach (var id in ids)
            {
                await _pairings.FindAsync(id, Secret, default);
            }
        }

        Assert.That(await _pairings.OpenAsync(Guid.NewGuid(), "BBBBBB", Secret, "office", default), Is.Null);
    }

    [Test]
    public async Task MakesRoomAmongAllWithoutTouchingWhoIsLookedAtOrPaired()
    {
        var (watched, paired) = (Guid.NewGuid(), Guid.NewGuid());
        await _pairings.OpenAsync(watched, "AAAAAA", Secret, "lobby", default);
        await _pairings.OpenAsync(paired, "BBBBBB", Secret, "lobby", default);
        await _kiosks.PairAsync("BBBBBB", Draft("lobby"), default);
        await ExecuteAsync(
            $"""
            insert into kiosk_pairings (id, code, secret_hash, network, expires_at, polled_at)
            select gen_random_uuid(), 'S' || n, '\x00', 'strangers ' || n / 10, expires_at, polled_at from kiosk_pairings, generate_series(1, {KioskPairings.Most - 1}) n where code = 'AAAAAA'
            """);
        Assert.That(await _pairings.OpenAsync(Guid.NewGuid(), "CCCCCC", Secret, "hall", default), Is.Null, "all of them may have somebody before them yet");

        _clock.Pass(KioskPairings.UnseenAfter);
        await _pairings.FindAsync(watched, Secret, default);
        var opened = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => _pairings.OpenAsync(Guid.NewGuid(), $"DDDDD{n}", Secret, $"hall {n}", default)));
        Assert.That(opened, Is.All.Not.Null);
        Assert.That((await _pairings.FindAsync(watched, Secret, default)).State, Is.EqualTo(PairingState.Waiting));
        Assert.That((await _pairings.FindAsync(paired, Secret, default)).State, Is.EqualTo(PairingState.Paired));
        Assert.That(await WaitingAsync(), Is.EqualTo(KioskPairings.Most));
    }

    [Test]
    public async Task CountsOnlyDisplaysThatStillWait()
    {
        for (var n = 0; n < 2 * KioskPairings.MostOfNetwork; n++)
        {
            Assert.That(await _pairings.OpenAsync(Guid.NewGuid(), $"AAAA{n}", Secret, "office", default), Is.Not.Null, $"{n} paired before");
            Assert.That((await _kiosks.PairAsync($"AAAA{n}", Draft($"lobby {n}"), default)).Outcome, Is.EqualTo(KioskOutcome.Done));
        }
    }

    [Test]
    public async Task PairsNeitherWithATakenNameNorHalf()
    {
        var id = Guid.NewGuid();
        await _pairings.OpenAsync(Guid.NewGuid(), "AAAAAA", Secret, "n", default);
        await _pairings.OpenAsync(id, "BBBBBB", Secret, "n", default);
        await _kiosks.PairAsync("AAAAAA", Draft("lobby"), default);
        Assert.That((await _kiosks.PairAsync("BBBBBB", Draft("LOBBY"), default)).Outcome, Is.EqualTo(KioskOutcome.NameTaken));
        Assert.That((await _pairings.FindAsync(id, Secret, default)).State, Is.EqualTo(PairingState.Waiting), "the code can be entered again");
        Assert.That((await _kiosks.PairAsync("BBBBBB", Draft("hall"), default)).Outcome, Is.EqualTo(KioskOutcome.Done));
    }

    [Test]
    public async Task OneOfManyWhoEnterACodeGetsTheDisplay()
    {
        await _pairings.OpenAsync(Guid.NewGuid(), "AAAAAA", Secret, "n", default);
        var tries = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => _kiosks.PairAsync("AAAAAA", Draft($"lobby {n}"), default)));
        Assert.That(tries.Count(tried => tried.Outcome == KioskOutcome.Done), Is.EqualTo(1));
        Assert.That((await _accounts.LoadAsync(default)).Count(row => row.Kiosk), Is.EqualTo(1));
    }

    [Test]
    public async Task WritesWhenAKioskWasSeenAndNeverTurnsItBack()
    {
        await _pairings.OpenAsync(Guid.NewGuid(), "AAAAAA", Secret, "n", default);
        var (_, id) = await _kiosks.PairAsync("AAAAAA", Draft("lobby"), default);
        var seen = _clock.GetUtcNow();
        await _kiosks.SeenAsync([(id, seen)], default);
        await _kiosks.SeenAsync([(id, seen.AddMinutes(-3)), (999, seen)], default);
        Assert.That((await _kiosks.FindAsync(id, default))!.LastSeenAt, Is.EqualTo(seen.UtcDateTime));
    }

    [Test]
    public async Task NeverLosesTheLastAdministratorOfTheWhole()
    {
        var one = (await _accounts.AddAsync("one", "x", AccountRole.Administrator, _area, default))!.Value;
        var stamp = await StampAsync(one);
        Assert.That(await _accounts.DisableAsync(one, stamp, default), Is.EqualTo(AccountChanged.LastAdministrator));
        Assert.That(await _accounts.SetRightsAsync(one, AccountRole.Supervisor, _area, stamp, default), Is.EqualTo(AccountChanged.LastAdministrator));
        var two = (await _accounts.AddAsync("two", "x", AccountRole.Administrator, _area, default))!.Value;
        var other = await StampAsync(two);
        var changes = await Task.WhenAll(_accounts.DisableAsync(one, stamp, default), _accounts.SetRightsAsync(two, AccountRole.Wall, _area, other, default));
        Assert.That(changes, Is.EquivalentTo(new[] { AccountChanged.Yes, AccountChanged.LastAdministrator }));
    }

    [Test]
    public async Task ChangesOnlyTheAccountThatWasJudged()
    {
        await _accounts.AddAsync("ruler", "x", AccountRole.Administrator, _area, default);
        var id = (await _accounts.AddAsync("one", "x", AccountRole.Wall, _area, default))!.Value;
        var judged = await StampAsync(id);
        Assert.That(await _accounts.SetRightsAsync(id, AccountRole.Administrator, _area, judged, default), Is.EqualTo(AccountChanged.Yes));
        Assert.That(await _accounts.SetPasswordAsync(id, "y", judged, default), Is.EqualTo(AccountChanged.Overtaken));
        Assert.That(await _accounts.DisableAsync(id, judged, default), Is.EqualTo(AccountChanged.Overtaken));
        Assert.That(await _accounts.EnableAsync(id, await StampAsync(id), default), Is.EqualTo(AccountChanged.Nothing), "it is enabled already");
    }

    private async Task<List<Guid>> FillAsync(string network)
    {
        var ids = Enumerable.Range(0, KioskPairings.MostOfNetwork).Select(_ => Guid.NewGuid()).ToList();
        for (var n = 0; n < ids.Count; n++)
        {
            await _pairings.OpenAsync(ids[n], $"AAAA{n}", Secret, network, default);
            _clock.Pass(TimeSpan.FromMilliseconds(1));
        }

        return ids;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _backends.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<long> WaitingAsync()
    {
        await using var command = _backends.DataSource.CreateCommand("select count(*) from kiosk_pairings where account_id is null");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task<string> StampAsync(int id) => (await _accounts.LoadAsync(default)).Single(row => row.Id == id).Stamp;

    private KioskDraft Draft(string name) => new(name, _area, "en", "night", [new KioskStop(_area, 5)], null);

    private sealed class Clock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Pass(TimeSpan span) => _now += span;
    }
}
