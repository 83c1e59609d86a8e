using System.Security.Cryptography;
using System.Text.Json;

namespace CommandCenter.Demo;

/// <summary>How much of the district a demo has: all of it, or a few communities of each subdistrict, for tests and small machines.</summary>
public enum DemoSize
{
    District = 1,
    Small = 2,
}

/// <summary>
/// What a demo district is made from: real codes and names, everything else generated. <see cref="Bounds"/> is west, south, east, north in
/// degrees and holds everything; <see cref="Source"/> says whose the names are.
/// </summary>
public sealed record DemoPlan(
    string Source,
    string Code,
    string Name,
    string NameEn,
    int Seed,
    double[] Bounds,
    IReadOnlyList<DemoSubdistrict> Subdistricts,
    IReadOnlyList<string[]> StreetWords,
    IReadOnlyList<string[]> Hills,
    string Surnames,
    string GivenNames,
    IReadOnlyList<string> SimulatedExcept,
    string SmallAccount)
{
    /// <summary>Raised whenever the same plan comes to generate another district or basemap.</summary>
    private const int Generation = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Set when loaded.</summary>
    public DemoNumbers Numbers { get; init; } = DemoNumbers.District;

    /// <summary>Names this plan, its size and what the generator makes of it: by it a database and a basemap tell what they hold.</summary>
    public string Fingerprint { get; init; } = "";

    public static DemoPlan Yingze(DemoSize size = DemoSize.District)
    {
        using var stream = typeof(DemoPlan).Assembly.GetManifestResourceStream("CommandCenter.Demo.yingze.json")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        var plan = JsonSerializer.Deserialize<DemoPlan>(copy.ToArray(), Json)!;
        plan = plan with { Fingerprint = $"{size}-{Generation}-{Convert.ToHexStringLower(SHA256.HashData(copy.ToArray()))[..12]}" };
        return size == DemoSize.District
            ? plan
            : plan with
            {
                Numbers = DemoNumbers.Small,
                Subdistricts = [.. plan.Subdistricts.Select(each => each with { Communities = [.. each.Communities.Where(community => community.Small)] })],
            };
    }

    /// <summary>The plan that a fingerprint names; null: one of another version.</summary>
    public static DemoPlan? Find(string fingerprint) =>
        Enum.GetValues<DemoSize>().Select(Yingze).FirstOrDefault(plan => plan.Fingerprint == fingerprint);
}

/// <param name="Ordinary">Grids, a grid worker each.</param>
/// <param name="Exclusive">Grids of one school, market, park…; nobody but the community's leader is in charge of them.</param>
/// <param name="Microgrids">In the ordinary grids.</param>
/// <param name="Auxiliaries">In the micro-grids.</param>
/// <param name="Reserves">Off duty, at home in the communities.</param>
public sealed record DemoNumbers(int Ordinary, int Exclusive, int Microgrids, int Auxiliaries, int Reserves)
{
    public static readonly DemoNumbers District = new(853, 345, 2_558, 2_640, 7_247);

    public static readonly DemoNumbers Small = new(77, 23, 231, 50, 23);
}

/// <param name="Code">Official.</param>
/// <param name="Name">Official.</param>
/// <param name="NameEn">In pinyin.</param>
/// <param name="Communities">All of them.</param>
public sealed record DemoSubdistrict(string Code, string Name, string NameEn, IReadOnlyList<DemoCommunity> Communities);

/// <param name="Code">Official.</param>
/// <param name="Name">Official, without 居委会.</param>
/// <param name="NameEn">In pinyin, without "Community".</param>
/// <param name="Small">Part of the small plan too.</param>
/// <param name="Landmarks">Exclusive grids that it has in any case.</param>
public sealed record DemoCommunity(string Code, string Name, string NameEn, bool Small = false, IReadOnlyList<DemoLandmark>? Landmarks = null)
{
    public bool IsVillage => Name.EndsWith('村');

    /// <summary>The name without 社区 or 村.</summary>
    public string Base => Name.EndsWith("社区", StringComparison.Ordinal) ? Name[..^2] : Name[..^1];
}

/// <param name="Name">Made up.</param>
/// <param name="NameEn">Made up.</param>
/// <param name="Kind">park, square, station, school, …</param>
public sealed record DemoLandmark(string Name, string NameEn, string Kind);
