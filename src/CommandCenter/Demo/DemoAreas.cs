using CommandCenter.Contracts.Areas;

namespace CommandCenter.Demo;

/// <summary>Cuts the lattice into subdistricts as planned, and those into communities, grids and micro-grids by seeded chance.</summary>
internal sealed class DemoAreas(DemoPlan plan, DemoLattice lattice)
{
    private readonly Random _random = new(plan.Seed + 1);
    private readonly List<DemoArea> _areas = [];

    public IReadOnlyList<DemoArea> Generate()
    {
        var district = new Block(0, 0, lattice.Columns, lattice.Rows);
        Add(plan.Code, plan.Name, plan.NameEn, AreaKind.District, null, null, district);
        foreach (var subdistrict in plan.Subdistricts)
        {
            var place = subdistrict.Place;
            var block = new Block(At(place[0], lattice.Columns), At(place[1], lattice.Rows), At(place[2], lattice.Columns), At(place[3], lattice.Rows));
            Add(subdistrict.Code, subdistrict.Name, subdistrict.NameEn, AreaKind.Subdistrict, null, plan.Code, block);
            var parts = Cut(block, [.. subdistrict.Communities.Select(community => (double)community.Grids + community.Exclusive.Count)]);
            foreach (var (community, part) in subdistrict.Communities.Zip(parts))
            {
                AddCommunity(community, subdistrict.Code, part);
            }
        }

        return _areas;
    }

    private void AddCommunity(DemoCommunity community, string parent, Block block)
    {
        Add(community.Code, community.Name, $"{community.NameEn} Community", AreaKind.Community, null, parent, block);
        var grids = community.Grids + community.Exclusive.Count;
        var parts = Cut(block, [.. Enumerable.Range(0, grids).Select(n => n < community.Grids ? Between(0.8, 1.3) : 0.7)]);
        for (var n = 0; n < grids; n++)
        {
            var code = $"{community.Code}{n + 1:000}";
            var exclusive = n >= community.Grids ? community.Exclusive[n - community.Grids] : null;
            var name = exclusive is null ? $"{community.Name}第{ChineseNumber(n + 1)}网格" : $"{exclusive}专属网格";
            var nameEn = $"{community.NameEn} {(exclusive is null ? "Grid" : "Exclusive Grid")} {n + 1}";
            Add(code, name, nameEn, AreaKind.Grid, exclusive is null ? GridType.Ordinary : GridType.Exclusive, community.Code, parts[n]);
            var micro = Cut(parts[n], [.. Enumerable.Range(0, exclusive is null ? _random.Next(2, 5) : 2).Select(_ => Between(0.8, 1.2))]);
            for (var m = 0; m < micro.Count; m++)
            {
                Add($"{code}{m + 1:00}", $"{name}{m + 1}号微网格", $"{nameEn} Micro-grid {m + 1}", AreaKind.Microgrid, null, code, micro[m]);
            }
        }
    }

    private void Add(string code, string name, string nameEn, AreaKind kind, GridType? type, string? parent, Block block) =>
        _areas.Add(new DemoArea(code, name, nameEn, kind, type, parent, block, lattice.Outline(block)));

    /// <summary>Cuts across the longer side, again and again, into as many parts as there are weights and about as large.</summary>
    private List<Block> Cut(Block block, ReadOnlySpan<double> weights)
    {
        if (weights.Length == 1)
        {
            return [block];
        }

        var half = weights.Length / 2;
        double first = 0, all = 0;
        for (var n = 0; n < weights.Length; n++)
        {
            all += weights[n];
            first += n < half ? weights[n] : 0;
        }

        var share = first / all * Between(0.95, 1.05);
        if (block.Width >= block.Height)
        {
            var at = block.West + Math.Clamp((int)Math.Round(block.Width * share), half, block.Width - (weights.Length - half));
            return [.. Cut(block with { East = at }, weights[..half]), .. Cut(block with { West = at }, weights[half..])];
        }
        else
        {
            var at = block.South + Math.Clamp((int)Math.Round(block.Height * share), half, block.Height - (weights.Length - half));
            return [.. Cut(block with { North = at }, weights[..half]), .. Cut(block with { South = at }, weights[half..])];
        }
    }

    private double Between(double low, double high) => low + (_random.NextDouble() * (high - low));

    private static int At(double part, int of) => (int)Math.Round(part * of);

    private static string ChineseNumber(int n) => n <= 10 ? "一二三四五六七八九十".Substring(n - 1, 1) : n < 20 ? "十" + ChineseNumber(n - 10) : n.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
