using System.Collections.Concurrent;
using Npgsql;

namespace CommandCenter.Workers;

/// <summary>
/// All devices and gateways in memory, for the way in of every position. A hit costs one SHA-256 and one look-up and allocates nothing.
/// A miss asks PostgreSQL once, since the device may have been enrolled on another node a moment ago; who stays unknown is remembered for
/// a while, and few such questions run at once, so that strangers cannot drown the database.
/// </summary>
public sealed class DeviceDirectory(IDeviceSource source, TimeProvider time) : IDisposable
{
    private const int MaxUnknown = 4_096;
    private const int ConcurrentQuestions = 4;
    private static readonly TimeSpan UnknownFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan QuestionBound = TimeSpan.FromSeconds(2);

    private readonly DeviceTable _devices = new();
    private readonly ConcurrentDictionary<SecretHash, DateTimeOffset> _unknown = new();
    private readonly SemaphoreSlim _questions = new(ConcurrentQuestions);
    private volatile IReadOnlyDictionary<string, GatewayRow> _gateways = new Dictionary<string, GatewayRow>();

    public int Count => _devices.Count;

    internal int RememberedUnknown => _unknown.Count;

    public ValueTask<DeviceLookup> FindByOsmandIdAsync(string id, CancellationToken cancellationToken)
    {
        return DeviceSecrets.TryHash(id, out var hash) ? FindByOsmandIdAsync(hash, cancellationToken) : ValueTask.FromResult(DeviceLookup.Unknown);
    }

    public ValueTask<DeviceLookup> FindByOsmandIdAsync(in SecretHash hash, CancellationToken cancellationToken) =>
        _devices.FindByOsmandId(hash) is { } row
            ? ValueTask.FromResult(DeviceLookup.Of(row.Device))
            : AskForOsmandIdAsync(hash, cancellationToken);

    public ValueTask<DeviceLookup> FindByCredentialsAsync(string user, string password, CancellationToken cancellationToken)
    {
        if (!DeviceSecrets.TryHash(user, out var userHash) || !DeviceSecrets.TryHash(password, out var hash))
        {
            return ValueTask.FromResult(DeviceLookup.Unknown);
        }

        return _devices.FindByUser(user) is { } row
            ? ValueTask.FromResult(Check(row, hash))
            : AskForUserAsync(user, userHash, hash, cancellationToken);
    }

    public async ValueTask<GatewayLookup> FindGatewayAsync(string user, string password, CancellationToken cancellationToken)
    {
        if (!DeviceSecrets.TryHash(user, out var userHash) || !DeviceSecrets.TryHash(password, out var hash))
        {
            return GatewayLookup.Unknown;
        }

        if (!_gateways.TryGetValue(user, out var row))
        {
            // Gateways are few: the question is "load them all again", bounded as for devices. The name is no device's, so it may share their memory.
            var asked = await AskAsync(userHash, async token => Replace(await source.LoadGatewaysAsync(token)), cancellationToken);
            if (asked == LookupStatus.Unavailable)
            {
                return GatewayLookup.Unavailable;
            }

            if (!_gateways.TryGetValue(user, out row))
            {
                return GatewayLookup.Unknown;
            }

            _unknown.TryRemove(userHash, out _);
        }

        return row.Secret.FixedTimeEquals(hash) ? GatewayLookup.Of(row.Gateway) : GatewayLookup.Unknown;
    }

    /// <summary>For the items of a gateway, which name devices by their public name; null when unknown here.</summary>
    public Device? FindByUser(ReadOnlySpan<char> user) => _devices.FindByUser(user)?.Device;

    /// <summary>As for text, where the name stands as ASCII already; null, too, for a name that is none.</summary>
    public Device? FindByUser(ReadOnlySpan<byte> user) => FindByUser(user, HashOf(user));

    /// <summary>As above, for one of many, whose hashes were fetched before.</summary>
    internal Device? FindByUser(ReadOnlySpan<byte> user, uint hash) => _devices.FindByUser(user, hash)?.Device;

    internal uint HashOf(ReadOnlySpan<byte> user) => _devices.HashOf(user);

    /// <summary>Brings near what looking these names up will need; returns nothing of use.</summary>
    internal int Fetch(ReadOnlySpan<uint> hashes) => _devices.Fetch(hashes);

    public Device? Find(int id) => _devices.Find(id)?.Device;

    /// <summary>Puts new and changed devices in; they take effect at once.</summary>
    public void Apply(IEnumerable<DeviceRow> rows)
    {
        foreach (var row in rows)
        {
            Apply(row);
        }
    }

    public void Replace(IEnumerable<GatewayRow> gateways) => _gateways = gateways.ToDictionary(row => row.Gateway.User, StringComparer.Ordinal);

    public void Dispose() => _questions.Dispose();

    private void Apply(DeviceRow row)
    {
        if (!_devices.Put(row) || _unknown.IsEmpty)
        {
            return;
        }

        _unknown.TryRemove(row.Osmand, out _);
        if (DeviceSecrets.TryHash(row.Device.User, out var user))
        {
            _unknown.TryRemove(user, out _);
        }
    }

    private static DeviceLookup Check(DeviceRow row, in SecretHash hash) =>
        row.Secret.FixedTimeEquals(hash) ? DeviceLookup.Of(row.Device) : DeviceLookup.Unknown;

    private async ValueTask<DeviceLookup> AskForOsmandIdAsync(SecretHash hash, CancellationToken cancellationToken)
    {
        var asked = await AskAsync(hash, async token => Apply(await source.FindByOsmandIdAsync(hash, token)), cancellationToken);
        return asked == LookupStatus.Unavailable ? DeviceLookup.Unavailable
            : _devices.FindByOsmandId(hash) is { } row ? DeviceLookup.Of(row.Device)
            : DeviceLookup.Unknown;
    }

    private async ValueTask<DeviceLookup> AskForUserAsync(string user, SecretHash userHash, SecretHash hash, CancellationToken cancellationToken)
    {
        var asked = await AskAsync(userHash, async token => Apply(await source.FindByUserAsync(user, token)), cancellationToken);
        return asked == LookupStatus.Unavailable ? DeviceLookup.Unavailable
            : _devices.FindByUser(user) is { } row ? Check(row, hash)
            : DeviceLookup.Unknown;
    }

    /// <summary>Asks unless the answer was no a moment ago; afterwards the caller looks again. Unavailable when there was no answer.</summary>
    private async Task<LookupStatus> AskAsync(SecretHash key, Func<CancellationToken, Task> ask, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_unknown.TryGetValue(key, out var until) && now < until)
        {
            return LookupStatus.Unknown;
        }

        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(QuestionBound);
        try
        {
            await _questions.WaitAsync(bound.Token);
            try
            {
                // Noted before asking: an enrolment that lands meanwhile then takes the note away, never the other way round.
                Remember(key, now);
                await ask(bound.Token);
                return LookupStatus.Unknown;
            }
            catch
            {
                _unknown.TryRemove(key, out _);
                throw;
            }
            finally
            {
                _questions.Release();
            }
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            DirectoryMetrics.LookupsUnanswered.Add(1);
            return LookupStatus.Unavailable;
        }
    }

    private void Remember(SecretHash key, DateTimeOffset now)
    {
        if (_unknown.Count >= MaxUnknown)
        {
            // Forgetting all costs one more question each; keeping order among strangers is not worth more.
            _unknown.Clear();
        }

        _unknown[key] = now + UnknownFor;
    }
}
