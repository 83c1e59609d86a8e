namespace CommandCenter.Basemaps;

/// <summary>The map that the demo makes for itself and leaves in the folder.</summary>
public static class DemoBasemapEntry
{
    public const string Id = "demo";

    internal static BasemapEntry New() => new()
    {
        Id = Id,
        Name = "演示地图",
        NameEn = "Demo map",
        Kind = "pmtiles",
        Attribution = "演示数据·街道与边界为生成 / Demo data: streets and borders are generated",
    };
}
