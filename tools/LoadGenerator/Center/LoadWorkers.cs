using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using CommandCenter.LoadGenerator.Load;

namespace CommandCenter.LoadGenerator.Center;

/// <summary>
/// The workers made up for load, by number from 0: their codes, devices and secrets follow from a seed that the database keeps, so that the next run
/// finds the same ones.
/// </summary>
internal sealed class LoadWorkers
{
    public const int Digits = 8;
    public const string DevicePrefix = "l";
    public const string CodePrefix = "L";

    /// <summary>At home in one area, which a wall can watch: half of what a frame carries.</summary>
    public const int AreaWorkers = 10_000;

    private readonly byte[] _seed;
    private readonly int[] _slots;
    private readonly int[] _numberBySlot;

    /// <param name="seed">Of the secrets.</param>
    /// <param name="slots">The server's number of each worker.</param>
    /// <param name="ground">Where they walk.</param>
    public LoadWorkers(byte[] seed, int[] slots, Ground ground)
    {
        (_seed, _slots, Ground) = (seed, slots, ground);
        _numberBySlot = new int[slots.Length == 0 ? 1 : slots.Max() + 1];
        for (var i = 0; i < slots.Length; i++)
        {
            _numberBySlot[slots[i]] = i + 1;
        }
    }

    public int Count => _slots.Length;

    public Ground Ground { get; }

    public static string CodeOf(int worker) => CodePrefix + worker.ToString("D8", CultureInfo.InvariantCulture);

    public static string AreaOf(int worker) => $"LOAD-{worker / AreaWorkers:D4}";

    public static string DeviceOf(int worker) => DevicePrefix + worker.ToString("D8", CultureInfo.InvariantCulture);

    /// <summary>128 bits that nobody without the seed can guess.</summary>
    public string OsmandIdOf(int worker) => SecretOf(_seed, worker);

    public static string SecretOf(ReadOnlySpan<byte> seed, int worker)
    {
        Span<byte> text = stackalloc byte[seed.Length + 4];
        seed.CopyTo(text);
        BinaryPrimitives.WriteInt32LittleEndian(text[seed.Length..], worker);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return Base64Url.EncodeToString(hash[..16]);
    }

    /// <summary>-1: none of ours.</summary>
    public int IndexOfSlot(int slot) => (uint)slot < (uint)_numberBySlot.Length ? _numberBySlot[slot] - 1 : -1;

    public int SlotOf(int worker) => _slots[worker];
}

/// <summary>A gateway's credentials, which live for one run.</summary>
internal sealed record GatewayAccess(int Id, string User, string Password);
