using CommandCenter.Contracts.Areas;
using CommandCenter.Streets;
using NetTopologySuite.Geometries;

namespace CommandCenter.Demo;

/// <summary>
/// Cuts the ground into subdistricts as they lie, and those into communities, grids and micro-grids: along arterials where one crosses, else along
/// lesser streets, else by seeded chance. Every cut is a street.
/// </summary>
internal sealed class DemoAreas
{
    // East of here only arterials keep straight: the blocks grow larger and less regular towards the hills.
    private const double OutskirtsEast = 7_300;

    private readonly DemoPlan _plan;
    private readonly DemoMesh _mesh;
    private readonly DemoStreetBook _book;
    private readonly DemoNaming _naming;
    private readonly Random _random;
    private readonly List<DemoLot> _lots = [];
    private readonly Queue<int> _ordinary;
    private readonly Queue<int> _exclusive;
    private readonly Queue<int> _microgrids;

    public DemoAreas(DemoPlan plan, DemoMesh mesh, DemoStreetBook book)
    {
        (_plan, _mesh, _book, _naming) = (plan, mesh, book, new DemoNaming());
        _random = new Random(plan.Seed + 1);
        var communities = plan.Subdistricts.SelectMany(subdistrict => subdistrict.Communities).ToList();
        _ordinary = Shares(plan.Numbers.Ordinary, communities.Count, _ => 2);
        _exclusive = Shares(plan.Numbers.Exclusive, communities.Count, n => communities[n].Landmarks?.Count ?? 0);
        _microgrids = Shares(plan.Numbers.Microgrids, plan.Numbers.Ordinary, _ => 2);
    }

    /// <summary>All areas, every parent before its children; a lot without children has its faces.</summary>
    public IReadOnlyList<DemoLot> Generate()
    {
        var ground = _mesh.Start(Outline());
        Add(_plan.Code, _plan.Name, _plan.NameEn, AreaKind.District, null, null);
        var parts = Quarters(ground);
        foreach (var subdistrict in _plan.Subdistricts)
        {
            Add(subdistrict.Code, subdistrict.Name, subdistrict.NameEn, AreaKind.Subdistrict, _plan.Code, null);
            var faces = parts[subdistrict.Code];
            var waiting = subdistrict.Communities.OrderBy(community => community.IsVillage).ToList();
            foreach (var (face, count) in faces.Zip(Counts(faces, waiting.Count)))
            {
                var placed = Cut(face, [.. waiting.Take(count).Select(_ => Between(0.85, 1.2))], AreaKind.Community);
                foreach (var (community, place) in waiting.Take(count).Zip(placed))
                {
                    AddCommunity(community, subdistrict.Code, place);
                }

                waiting.RemoveRange(0, count);
            }
        }

        return _lots;
    }

    private (Coordinate, int)[] Outline()
    {
        var river = _book.Add(StreetClass.Trunk, "滨河东路", "Binhe East Road");
        var edge = _book.AddNamed(StreetClass.Secondary, _random);
        var path = _book.Add(StreetClass.Path, null, null);
        return
        [
            (new(DemoStreetBook.River, 11_500), river), (new(DemoStreetBook.River, 3_050), edge), (new(3_000, 2_250), edge), (new(6_200, 1_500), edge),
            (new(8_400, 1_150), path), (new(12_300, 1_000), path), (new(15_000, 2_700), path), (new(15_950, 6_600), path), (new(15_650, 10_300), path),
            (new(13_000, 13_250), path), (new(9_200, 13_350), edge), (new(5_200, 12_550), edge),
        ];
    }

    // Where the subdistricts lie, roughly as in life: six dense ones by the river, the town from the city's edge up into the hills.
    private Dictionary<string, List<DemoFace>> Quarters(DemoFace ground)
    {
        (DemoFace Left, DemoFace Right) Along(DemoFace face, DemoLine line) => _mesh.Split(
            face, line.NorthSouth ? new(line.At, 0) : new(0, line.At), line.NorthSouth ? new(0, 1) : new(1, 0), line.Street, 1e5)
            ?? throw new InvalidOperationException($"The line at {line.At} does not cross its quarter.");

        var (city, town) = Along(ground, _book.Arterial(true, DemoStreetBook.CityEast));
        var middle = _book.Arterial(false, DemoStreetBook.Middle);
        var (north, south) = Along(city, middle);
        var (miaoqian, restNorth) = Along(north, _book.Arterial(true, 2_700));
        var (liuxiang, wenmiao) = Along(restNorth, _book.Arterial(true, 4_500));
        var (laojunying, restSouth) = Along(south, _book.Arterial(true, 2_700));
        var (yingze, qiaodong) = Along(restSouth, _book.Arterial(true, 4_500));
        var (belt, hills) = Along(town, _book.Arterial(true, DemoStreetBook.BeltEast));
        var (beltNorth, beltSouth) = Along(belt, middle);
        var road = _book.Add(StreetClass.Trunk, "东山快速路", "Dongshan Expressway");
        var (hillsNorth, rest) = _mesh.Split(hills, new(DemoStreetBook.BeltEast, 8_920), new(1, 0.11), road, 1e5)!.Value;
        var (hillsMiddle, hillsSouth) = _mesh.Split(
            rest, new(DemoStreetBook.BeltEast, 4_700), new(1, -0.04), _book.AddNamed(StreetClass.Primary, _random), 1e5)!.Value;
        return new Dictionary<string, List<DemoFace>>
        {
            ["140106001"] = [liuxiang],
            ["140106002"] = [wenmiao],
            ["140106003"] = [miaoqian],
            ["140106004"] = [yingze],
            ["140106005"] = [qiaodong],
            ["140106006"] = [laojunying],
            ["140106100"] = [beltNorth, beltSouth, hillsNorth, hillsMiddle, hillsSouth],
        };
    }

    // People live in the belt: it has half of the town's communities on a fifth of its ground.
    private static int[] Counts(List<DemoFace> faces, int all)
    {
        if (faces.Count == 1)
        {
            return [all];
        }

        var inHills = Math.Max(3, (int)Math.Round(all * 0.44));
        var inBelt = all - inHills;
        return [(inBelt + 1) / 2, inBelt / 2, inHills - (inHills / 3 * 2), inHills / 3, inHills / 3];
    }

    private void AddCommunity(DemoCommunity community, string parent, DemoFace face)
    {
        var english = community.IsVillage ? community.NameEn : $"{community.NameEn} Community";
        Add(community.Code, community.Name, english, AreaKind.Community, parent, null);
        var ordinary = _ordinary.Dequeue();
        var landmarks = _naming.Landmarks(community, _exclusive.Dequeue(), _random);

        // The landmarks stand among the ordinary grids, not all in one corner.
        var kinds = Enumerable.Repeat((DemoLandmark?)null, ordinary).Concat(landmarks).ToArray();
        _random.Shuffle(kinds);
        var faces = Cut(face, [.. kinds.Select(kind => DemoNaming.Weight(kind) * Between(0.85, 1.15))], AreaKind.Grid);
        var number = 0;
        foreach (var (kind, place) in kinds.Zip(faces).OrderBy(pair => pair.First is not null))
        {
            var code = $"{community.Code}{++number:000}";
            if (kind is not null)
            {
                Add(code, $"{kind.Name}专属网格", $"{kind.NameEn} Exclusive Grid", AreaKind.Grid, community.Code, place, GridType.Exclusive, kind.Kind, kind);
                continue;
            }

            var name = $"{community.Name}第{ChineseNumber(number)}网格";
            var nameEn = $"{community.NameEn} Grid {number}";
            Add(code, name, nameEn, AreaKind.Grid, community.Code, null, GridType.Ordinary);
            var micro = Cut(place, [.. Enumerable.Range(0, _microgrids.Dequeue()).Select(_ => Between(0.85, 1.15))], AreaKind.Microgrid);
            for (var m = 0; m < micro.Count; m++)
            {
                Add($"{code}{m + 1:00}", $"{name}{m + 1}号微网格", $"{nameEn} Micro-grid {m + 1}", AreaKind.Microgrid, code, micro[m]);
            }
        }
    }

    private void Add(
        string code, string name, string nameEn, AreaKind kind, string? parent, DemoFace? face, GridType? type = null, string? use = null, DemoLandmark? landmark = null) =>
        _lots.Add(new DemoLot(code, name, nameEn, kind, type, parent, face, use, landmark));

    /// <summary>Cuts into as many parts as there are weights and about as large, neighbours in the list being neighbours on the ground.</summary>
    private List<DemoFace> Cut(DemoFace face, ReadOnlySpan<double> weights, AreaKind into)
    {
        if (weights.Length == 1)
        {
            return [face];
        }

        var cut = AlongLine(face, weights) ?? Freely(face, weights, into);
        return [.. Cut(cut.Left, weights[..cut.First], into), .. Cut(cut.Right, weights[cut.First..], into)];
    }

    private (DemoFace Left, DemoFace Right, int First)? AlongLine(DemoFace face, ReadOnlySpan<double> weights)
    {
        var box = _mesh.BoxOf(face);
        if (box.MinX > DemoStreetBook.BeltEast - 100)
        {
            return null;
        }

        var area = _mesh.AreaOf(face);
        (DemoLine Line, int First, double Cost)? best = null;
        foreach (var line in _book.Lines)
        {
            var (low, high) = line.NorthSouth ? (box.MinX, box.MaxX) : (box.MinY, box.MaxY);
            var margin = line.Arterial ? 45 : Math.Max(60, (high - low) * 0.2);
            var tooFarOut = !line.Arterial && box.Centre.X > OutskirtsEast;
            if (line.At < low + margin || line.At > high - margin || tooFarOut)
            {
                continue;
            }

            var (through, direction) = Ray(line);
            var share = _mesh.AreaLeftOf(face, through, direction) / area;
            var (first, part) = NearestCut(weights, share);

            // How many times denser one side would become than the other; a weak street also must not run lengthwise.
            var uneven = Math.Max(part / share, share / part) * Math.Max((1 - part) / (1 - share), (1 - share) / (1 - part));
            var lengthwise = (line.NorthSouth ? box.Height / box.Width : box.Width / box.Height) is > 1.5 and var ratio ? ratio : 1;
            if (uneven * (line.Arterial ? 1 : lengthwise) > (line.Arterial ? 4.5 : 1.7))
            {
                continue;
            }

            var cost = uneven * lengthwise * (1 + Math.Abs(share - 0.5)) * (line.Arterial ? 1 : 100);
            if (best is null || cost < best.Value.Cost)
            {
                best = (line, first, cost);
            }
        }

        if (best is not { } chosen)
        {
            return null;
        }

        var (start, along) = Ray(chosen.Line);
        return _mesh.Split(face, start, along, chosen.Line.Street, area / weights.Length * 0.2) is { } parts ? (parts.Left, parts.Right, chosen.First) : null;
    }

    private (DemoFace Left, DemoFace Right, int First) Freely(DemoFace face, ReadOnlySpan<double> weights, AreaKind into)
    {
        var first = weights.Length / 2;
        var part = Sum(weights[..first]) / Sum(weights);
        var area = _mesh.AreaOf(face);
        var middle = _mesh.MiddleOf(face);
        var hilly = DemoWarp.Hilliness(middle.X);
        var street = NewStreet(into, hilly);
        for (var attempt = 0; attempt < 40; attempt++)
        {
            var direction = Across(face, hilly, attempt);
            var share = Math.Clamp(part * Between(0.93, 1.07), 0.15, 0.85);
            if (_mesh.Split(face, Through(face, middle, direction, share * area), direction, street, area / weights.Length * 0.3) is { } parts)
            {
                return (parts.Left, parts.Right, first);
            }
        }

        throw new InvalidOperationException("A piece of ground could not be cut.");
    }

    // Across the longer side; in the city square to the streets around, in the hills as the ground happens to lie.
    private Coordinate Across(DemoFace face, double hilly, int attempt)
    {
        var turn = Between(-1, 1) * (0.02 + (0.45 * hilly * hilly) + (0.02 * attempt));
        if (hilly < 0.5)
        {
            var box = _mesh.BoxOf(face);
            turn += box.Width > box.Height ? Math.PI / 2 : 0;
            return new Coordinate(Math.Cos(turn), Math.Sin(turn));
        }

        // The direction of the longest distance between two corners stands for the longer side.
        var (longest, angle) = (0.0, 0.0);
        foreach (var a in face.Ring)
        {
            foreach (var b in face.Ring)
            {
                var (from, to) = (_mesh.Points[a], _mesh.Points[b]);
                if (from.Distance(to) > longest)
                {
                    (longest, angle) = (from.Distance(to), Math.Atan2(to.Y - from.Y, to.X - from.X));
                }
            }
        }

        return new Coordinate(Math.Cos(angle + (Math.PI / 2) + turn), Math.Sin(angle + (Math.PI / 2) + turn));
    }

    // Moves the line until so much lies left of it.
    private Coordinate Through(DemoFace face, Coordinate middle, Coordinate direction, double left)
    {
        var (low, high) = (-2e4, 2e4);
        for (var step = 0; step < 30; step++)
        {
            var at = (low + high) / 2;
            var through = new Coordinate(middle.X - (direction.Y * at), middle.Y + (direction.X * at));
            (low, high) = _mesh.AreaLeftOf(face, through, direction) > left ? (at, high) : (low, at);
        }

        return new Coordinate(middle.X - (direction.Y * low), middle.Y + (direction.X * low));
    }

    private int NewStreet(AreaKind into, double hilly) => (into, hilly > 0.7) switch
    {
        (AreaKind.Community, _) => _book.AddNamed(StreetClass.Secondary, _random),
        (AreaKind.Grid, false) => _book.AddNamed(StreetClass.Residential, _random),
        (AreaKind.Grid, true) when _random.NextDouble() < 0.45 => _book.AddNamed(StreetClass.Residential, _random),
        (_, false) => _random.NextDouble() < 0.75 ? _book.AddNamed(StreetClass.Residential, _random) : _book.Add(StreetClass.Path, null, null),
        _ => _book.Add(StreetClass.Path, null, null),
    };

    private static (Coordinate Through, Coordinate Direction) Ray(DemoLine line) =>
        line.NorthSouth ? (new(line.At, 0), new(0, 1)) : (new(0, line.At), new(1, 0));

    private static (int First, double Part) NearestCut(ReadOnlySpan<double> weights, double share)
    {
        var (all, sum, first, part) = (Sum(weights), 0.0, 1, 2.0);
        for (var n = 1; n < weights.Length; n++)
        {
            sum += weights[n - 1];
            if (Math.Abs((sum / all) - share) < Math.Abs(part - share))
            {
                (first, part) = (n, sum / all);
            }
        }

        return (first, part);
    }

    private static double Sum(ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        foreach (var weight in weights)
        {
            sum += weight;
        }

        return sum;
    }

    // Shares out a number exactly, at least so many to each, the rest by chance but about evenly.
    private Queue<int> Shares(int all, int among, Func<int, int> least)
    {
        var shares = Enumerable.Range(0, among).Select(least).ToArray();
        var wants = shares.Select(_ => Between(0.75, 1.25)).ToArray();
        var next = new PriorityQueue<int, double>(Enumerable.Range(0, among).Select(n => (n, shares[n] / wants[n])));
        for (var rest = all - shares.Sum(); rest > 0; rest--)
        {
            var n = next.Dequeue();
            shares[n]++;
            next.Enqueue(n, shares[n] / wants[n]);
        }

        return new Queue<int>(shares);
    }

    private double Between(double low, double high) => low + (_random.NextDouble() * (high - low));

    private static string ChineseNumber(int n) => n <= 10 ? "一二三四五六七八九十".Substring(n - 1, 1)
        : n < 20 ? "十" + ChineseNumber(n - 10)
        : n.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>An area before its border is drawn; the leaves of the tree have a face.</summary>
internal sealed record DemoLot(
    string Code, string Name, string NameEn, AreaKind Kind, GridType? GridType, string? Parent, DemoFace? Face, string? Use, DemoLandmark? Landmark);
