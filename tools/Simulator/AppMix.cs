using System.Globalization;
using CommandCenter.Phones;

namespace CommandCenter.Simulator;

/// <summary>Which app a worker's phone runs, by shares.</summary>
public sealed class AppMix
{
    /// <summary>All that the server speaks, in shares that keep each busy.</summary>
    public static readonly AppMix Usual = new([
        (PhoneProtocol.TraccarForm, 0.30),
        (PhoneProtocol.TraccarNested, 0.15),
        (PhoneProtocol.TraccarArray, 0.05),
        (PhoneProtocol.OsmandQuery, 0.10),
        (PhoneProtocol.OwnTracks, 0.20),
        (PhoneProtocol.BatchJson, 0.10),
        (PhoneProtocol.BatchMessagePack, 0.10),
    ]);

    /// <summary>What a name in <c>--mix</c> stands for; a family shares its part out as the usual mix does.</summary>
    private static readonly Dictionary<string, PhoneProtocol[]> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["traccar"] = [PhoneProtocol.TraccarForm, PhoneProtocol.TraccarNested, PhoneProtocol.TraccarArray],
        ["traccar-form"] = [PhoneProtocol.TraccarForm],
        ["traccar-nested"] = [PhoneProtocol.TraccarNested],
        ["traccar-array"] = [PhoneProtocol.TraccarArray],
        ["osmand"] = [PhoneProtocol.OsmandQuery],
        ["owntracks"] = [PhoneProtocol.OwnTracks],
        ["batch"] = [PhoneProtocol.BatchJson, PhoneProtocol.BatchMessagePack],
        ["batch-json"] = [PhoneProtocol.BatchJson],
        ["batch-msgpack"] = [PhoneProtocol.BatchMessagePack],
    };

    private readonly IReadOnlyList<(PhoneProtocol Protocol, double Share)> _shares;
    private readonly double _sum;

    private AppMix(IReadOnlyList<(PhoneProtocol Protocol, double Share)> shares)
    {
        _shares = shares;
        _sum = shares.Sum(s => s.Share);
    }

    /// <summary>Reads <c>traccar=0.5,owntracks=0.3,batch=0.2</c>; the shares need not add up to one. Null and a sentence when it is no mix.</summary>
    public static AppMix? Parse(string text, out string fault)
    {
        var shares = new List<(PhoneProtocol, double)>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !Names.TryGetValue(part[..equals].Trim(), out var protocols)
                || !double.TryParse(part[(equals + 1)..], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var share)
                || share > 1_000_000)
            {
                fault = $"--mix: '{part}' is no share; expected name=number with a name of {string.Join(", ", Names.Keys)}";
                return null;
            }

            var usual = Usual._shares.Where(s => protocols.Contains(s.Protocol)).ToList();
            shares.AddRange(usual.Select(s => (s.Protocol, share * s.Share / usual.Sum(u => u.Share))));
        }

        var mix = new AppMix(shares);
        fault = mix._sum > 0 ? "" : "--mix: expected at least one share above 0, such as traccar=0.5,owntracks=0.5";
        return mix._sum > 0 ? mix : null;
    }

    public IPhoneApp AppOf(PlannedWorker worker, int seed)
    {
        var throwing = Dice.Of(seed, worker.Code, "app").Next() * _sum;
        foreach (var (protocol, share) in _shares)
        {
            throwing -= share;
            if (throwing < 0 && PhoneApps.TryCreate(protocol, worker.Device) is { } app)
            {
                return app;
            }
        }

        // The plan's check saw to it that one of the two ways to sign in is there.
        return PhoneApps.TryCreate(PhoneProtocol.TraccarForm, worker.Device) ?? PhoneApps.TryCreate(PhoneProtocol.BatchJson, worker.Device)!;
    }
}
