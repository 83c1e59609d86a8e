using CommandCenter.Streets;
using NetTopologySuite.Geometries;

namespace CommandCenter.Demo;

/// <summary>A generated street; a name that a real one has too is a coincidence of words.</summary>
public sealed record DemoStreet(StreetClass Class, string? Name, string? NameEn);

/// <summary>A straight piece of the street at place <paramref name="Street"/> of the list, between two nodes.</summary>
public readonly record struct DemoEdge(int A, int B, int Street);

/// <summary>All streets as one connected graph; nodes in degrees, none of them in water.</summary>
public sealed record DemoStreets(IReadOnlyList<Coordinate> Nodes, IReadOnlyList<DemoEdge> Edges, IReadOnlyList<DemoStreet> Streets)
{
    public StreetClass ClassOf(DemoEdge edge) => Streets[edge.Street].Class;
}

/// <summary>A straight line over the city, in flat metres, that borders keep to wherever they can: so streets run on across many areas.</summary>
/// <param name="NorthSouth">Else east-west.</param>
/// <param name="At">East of the bounds' west, or north of their south.</param>
/// <param name="Street">Its place among the streets.</param>
/// <param name="Arterial">Cuts whatever it crosses.</param>
internal sealed record DemoLine(bool NorthSouth, double At, int Street, bool Arterial);

/// <summary>The streets that are drawn first, and names for all that follow.</summary>
internal sealed class DemoStreetBook
{
    public const double River = 730;
    public const double CityEast = 6_200;
    public const double BeltEast = 8_400;
    public const double Middle = 7_900;

    private static readonly (double At, string Name, string NameEn, StreetClass Class)[] NorthSouth =
    [
        (1_720, "桃园路", "Taoyuan Road", StreetClass.Primary), (2_700, "新建路", "Xinjian Road", StreetClass.Primary),
        (3_560, "解放路", "Jiefang Road", StreetClass.Primary), (4_500, "并州路", "Bingzhou Road", StreetClass.Primary),
        (5_300, "建设路", "Jianshe Road", StreetClass.Primary), (CityEast, "东环路", "Donghuan Road", StreetClass.Trunk),
        (7_230, "朝阳路", "Chaoyang Road", StreetClass.Primary), (BeltEast, "东山路", "Dongshan Road", StreetClass.Primary),
    ];

    private static readonly (double At, string Name, string NameEn, StreetClass Class)[] EastWest =
    [
        (11_750, "敦化街", "Dunhua Street", StreetClass.Primary), (10_850, "北环街", "Beihuan Street", StreetClass.Trunk), (9_900, "府东街", "Fudong Street", StreetClass.Primary),
        (8_920, "羊市街", "Yangshi Street", StreetClass.Primary), (Middle, "迎泽大街", "Yingze Avenue", StreetClass.Primary),
        (6_760, "双塔街", "Shuangta Street", StreetClass.Primary), (5_640, "内环街", "Neihuan Street", StreetClass.Primary),
        (4_700, "体育街", "Tiyu Street", StreetClass.Primary), (3_820, "南环街", "Nanhuan Street", StreetClass.Trunk),
        (2_900, "王村街", "Wangcun Street", StreetClass.Primary),
    ];

    private static readonly (string Suffix, string SuffixEn)[] Sides = [("", ""), ("东", "East "), ("西", "West "), ("南", "South "), ("北", "North ")];

    private readonly Queue<(string Name, string NameEn)> _wide;
    private readonly Queue<(string Name, string NameEn)> _narrow;
    private readonly List<DemoStreet> _streets = [];

    public DemoStreetBook(DemoPlan plan, Random random)
    {
        _wide = Names(plan, random, [("路", "Road"), ("街", "Street")]);
        _narrow = Names(plan, random, [("巷", "Lane")]);
        var lines = new List<DemoLine>();
        foreach (var (all, northSouth) in new[] { (NorthSouth, true), (EastWest, false) })
        {
            lines.AddRange(all.Select(each => new DemoLine(northSouth, each.At, Add(each.Class, each.Name, each.NameEn), Arterial: true)));
            foreach (var (low, high) in all.Select(each => each.At).Order().Prepend(northSouth ? River : 1_900).Zip(all.Select(each => each.At).Order()))
            {
                // Two or three lesser streets between two arterials, never quite evenly.
                var parts = high - low > 900 ? 4 : 3;
                for (var n = 1; n < parts; n++)
                {
                    var at = low + ((high - low) * (n + ((random.NextDouble() - 0.5) * 0.3)) / parts);
                    lines.Add(new DemoLine(northSouth, at, AddNamed(StreetClass.Secondary, random), Arterial: false));
                }
            }
        }

        Lines = lines;
    }

    public IReadOnlyList<DemoLine> Lines { get; }

    public IReadOnlyList<DemoStreet> Streets => _streets;

    public DemoLine Arterial(bool northSouth, double at) => Lines.Single(line => line.Arterial && line.NorthSouth == northSouth && line.At == at);

    public int Add(StreetClass kind, string? name, string? nameEn)
    {
        _streets.Add(new DemoStreet(kind, name, nameEn));
        return _streets.Count - 1;
    }

    /// <summary>A street with a name that none had before it; nameless once all are used up.</summary>
    public int AddNamed(StreetClass kind, Random random)
    {
        var (first, second) = kind >= StreetClass.Secondary || random.Next(3) > 0 ? (_wide, _narrow) : (_narrow, _wide);
        return first.TryDequeue(out var name) || second.TryDequeue(out name) ? Add(kind, name.Name, name.NameEn) : Add(kind, null, null);
    }

    private static Queue<(string Name, string NameEn)> Names(DemoPlan plan, Random random, (string Suffix, string SuffixEn)[] kinds)
    {
        var names = (from side in Sides
                     from word in plan.StreetWords
                     from kind in kinds
                     select (word[0] + side.Suffix + kind.Suffix, $"{word[1]} {side.SuffixEn}{kind.SuffixEn}")).ToArray();
        random.Shuffle(names);
        return new Queue<(string, string)>(names);
    }
}
