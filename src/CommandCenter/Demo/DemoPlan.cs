using System.Text.Json;

namespace CommandCenter.Demo;

/// <summary>
/// What a demo district is made from: real codes and names, everything else generated. <see cref="Bounds"/> is west, south, east, north in
/// degrees; <see cref="Columns"/> × <see cref="Rows"/> cells is how finely borders are drawn.
/// </summary>
public sealed record DemoPlan(
    string Code,
    string Name,
    string NameEn,
    int Seed,
    double[] Bounds,
    int Columns,
    int Rows,
    IReadOnlyList<DemoSubdistrict> Subdistricts,
    string Surnames,
    string GivenNames,
    int AuxiliaryEvery,
    int ReservesPerSubdistrict,
    IReadOnlyList<string> SimulatedExcept,
    string SmallAccount)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };

    public static DemoPlan Yingze()
    {
        using var stream = typeof(DemoPlan).Assembly.GetManifestResourceStream("CommandCenter.Demo.yingze.json")!;
        return JsonSerializer.Deserialize<DemoPlan>(stream, Json)!;
    }
}

/// <param name="Code">Official.</param>
/// <param name="Name">Official.</param>
/// <param name="NameEn">In pinyin.</param>
/// <param name="Place">West, south, east, north as parts of the district's square; all places together fill it.</param>
/// <param name="Communities">The ones that the demo shows.</param>
public sealed record DemoSubdistrict(string Code, string Name, string NameEn, double[] Place, IReadOnlyList<DemoCommunity> Communities);

/// <param name="Code">Official.</param>
/// <param name="Name">Official, without 居委会.</param>
/// <param name="NameEn">In pinyin.</param>
/// <param name="Grids">Ordinary grids.</param>
/// <param name="Exclusive">One exclusive grid each.</param>
public sealed record DemoCommunity(string Code, string Name, string NameEn, int Grids, IReadOnlyList<string> Exclusive);
