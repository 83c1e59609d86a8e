namespace CommandCenter.Demo;

/// <summary>Made-up schools, markets, parks… named after the community they stand in.</summary>
internal sealed class DemoNaming
{
    // Kind, its Chinese and English name, and how much ground it takes next to an ordinary grid.
    private static readonly (string Kind, string Name, string NameEn, double Weight)[] Kinds =
    [
        ("school", "小学", "Primary School", 0.5), ("market", "菜市场", "Market", 0.4), ("park", "公园", "Park", 1.3), ("school", "中学", "Middle School", 0.7),
        ("mall", "购物中心", "Shopping Centre", 0.5), ("hospital", "医院", "Hospital", 0.5), ("square", "广场", "Square", 0.5), ("office", "商务楼", "Offices", 0.4),
        ("school", "幼儿园", "Kindergarten", 0.35), ("park", "游园", "Garden", 0.7), ("works", "物流园", "Logistics Park", 0.6), ("office", "写字楼", "Tower", 0.4),
        ("market", "建材市场", "Building Market", 0.6), ("home", "养老院", "Nursing Home", 0.4), ("works", "产业园", "Works", 0.7), ("mall", "商场", "Mall", 0.5),
    ];

    private readonly HashSet<string> _taken = [];

    /// <summary>So many, the community's own ones first.</summary>
    public IEnumerable<DemoLandmark> Landmarks(DemoCommunity community, int count, Random random)
    {
        var own = community.Landmarks ?? [];
        _taken.UnionWith(own.Select(landmark => landmark.Name));
        var baseEn = community.IsVillage ? community.NameEn[..^" Village".Length] : community.NameEn;
        var start = random.Next(Kinds.Length);
        var found = own.Take(count).ToList();
        for (var n = 0; found.Count < count; n++)
        {
            var (kind, name, nameEn, _) = Kinds[(start + (n * 5)) % Kinds.Length];
            var round = n / Kinds.Length;
            var landmark = new DemoLandmark(
                round == 0 ? community.Base + name : $"{community.Base}第{round + 1}{name}", round == 0 ? $"{baseEn} {nameEn}" : $"{baseEn} {nameEn} {round + 1}", kind);
            if (_taken.Add(landmark.Name))
            {
                found.Add(landmark);
            }
        }

        return found;
    }

    /// <summary>How much ground it takes; an ordinary grid (null) takes 1.</summary>
    public static double Weight(DemoLandmark? landmark) => landmark switch
    {
        null => 1,
        { Name: "迎泽公园" } => 4,
        _ => Kinds.Where(each => landmark.Name.EndsWith(each.Name, StringComparison.Ordinal)).Select(each => each.Weight).FirstOrDefault(0.7),
    };
}
