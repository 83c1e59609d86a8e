using System.Security.Cryptography;
using System.Text;
using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;
using CommandCenter.Contracts.Workers;
using CommandCenter.Positions.Live;
using CommandCenter.Tracks;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;
using NetTopologySuite.Geometries;

namespace CommandCenter.Benchmarks;

/// <summary>A picture of many workers on duty in a district of ten by ten grids, with a clock of its own and a walk to move them by.</summary>
internal sealed class PictureOf
{
    public const long Noon = 1_790_000_000_000;
    public const int District = 1;

    private readonly Clock _clock = new();
    private readonly Fix[] _walk;
    private int _at;

    public PictureOf(int workers)
    {
        var areas = new AreaDirectory();
        areas.Replace([Box(District, null, 0, 0, 10), .. Enumerable.Range(0, 100).Select(i => Box(2 + i, District, i % 10, i / 10, 1))]);
        var roster = new WorkerDirectory();
        DutyPeriod[] always = [new(0, long.MaxValue)];
        roster.Replace(Enumerable.Range(1, workers).Select(
            id => new Worker(id, $"W{id:D7}", "王建国", WorkerRole.GridWorker, 2 + (id % 100), null, always)));
        Picture = new LivePicture(roster, areas, _clock, Options.Create(new LivePictureOptions()));
        _walk = Walk(0, workers, Noon);
        Picture.Apply(_walk, Noon);
        Picture.Beat();
    }

    public LivePicture Picture { get; }

    public void Pass(long milliseconds) => _clock.NowMs += milliseconds;

    /// <summary>The next so many workers take a step, in one batch of the log.</summary>
    public void Move(int count)
    {
        Pass(250);
        if (_at + count > _walk.Length)
        {
            _at = 0;
        }

        var fixes = _walk.AsSpan(_at, count);
        foreach (ref var fix in fixes)
        {
            fix = fix with { FixTimeMs = _clock.NowMs, LongitudeE7 = fix.LongitudeE7 + (_clock.NowMs / 250 % 2 == 0 ? 400 : -400) };
        }

        Picture.Apply(fixes, _clock.NowMs);
        _at += count;
    }

    /// <summary>One fix of each of so many workers, spread over the district.</summary>
    public static Fix[] Walk(int first, int count, long ms) => [.. Enumerable.Range(first, count).Select(i => new Fix
    {
        DeviceId = i + 1,
        WorkerId = i + 1,
        FixTimeMs = ms - (i % 5_000),
        LongitudeE7 = 1_125_010_000 + (i * 7_919 % 980_000),
        LatitudeE7 = 378_010_000 + (i * 104_729 % 980_000),
        SpeedCmps = (ushort)(60 + (i % 120)),
        HeadingDeci = (ushort)(i % 3_600),
        AccuracyDm = 60,
        AltitudeM = 780,
        BatteryPercent = 66,
    })];

    /// <summary>A directory of so many devices, named <c>device-0000000</c> and on.</summary>
    public static DeviceDirectory Devices(int count)
    {
        var devices = new DeviceDirectory(new Nobody(), TimeProvider.System);
        devices.Apply(Enumerable.Range(0, count).Select(i => new DeviceRow(
            new Device(i + 1, $"device-{i:D7}", i + 1, false), Hash($"osmand {i}"), Hash($"password {i}"))));
        return devices;

        static SecretHash Hash(string secret) => SecretHash.Read(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
    }

    private static Area Box(int id, int? parent, int x, int y, int size)
    {
        double west = 112.5 + (x * 0.01), south = 37.8 + (y * 0.01), width = size * 0.01;
        return new Area(
            id, $"{id:D4}", $"{id}", null, parent is null ? AreaKind.District : AreaKind.Grid, null, parent,
            new Polygon(new LinearRing([new(west, south), new(west + width, south), new(west + width, south + width), new(west, south + width), new(west, south)])));
    }

    private sealed class Clock : TimeProvider
    {
        public long NowMs { get; set; } = Noon;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(NowMs);
    }

    private sealed class Nobody : IDeviceSource
    {
        public Task<List<DeviceRow>> FindByOsmandIdAsync(SecretHash hash, CancellationToken cancellationToken) => Task.FromResult(new List<DeviceRow>());

        public Task<List<DeviceRow>> FindByUserAsync(string user, CancellationToken cancellationToken) => Task.FromResult(new List<DeviceRow>());

        public Task<List<GatewayRow>> LoadGatewaysAsync(CancellationToken cancellationToken) => Task.FromResult(new List<GatewayRow>());
    }
}
