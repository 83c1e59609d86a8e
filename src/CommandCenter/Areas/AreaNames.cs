using CommandCenter.Contracts.Areas;

namespace CommandCenter.Areas;

/// <summary>The words for kinds and types of areas on the wire.</summary>
public static class AreaNames
{
    public static readonly IReadOnlyDictionary<string, AreaKind> Kinds =
        Enum.GetValues<AreaKind>().ToDictionary(Name, StringComparer.Ordinal);

    public static readonly IReadOnlyDictionary<string, GridType> GridTypes =
        Enum.GetValues<GridType>().ToDictionary(Name, StringComparer.Ordinal);

    public static string Name(this AreaKind kind) => kind switch
    {
        AreaKind.District => "district",
        AreaKind.Subdistrict => "subdistrict",
        AreaKind.Community => "community",
        AreaKind.Grid => "grid",
        AreaKind.Microgrid => "microgrid",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static string Name(this GridType type) => type switch
    {
        GridType.Ordinary => "ordinary",
        GridType.Exclusive => "exclusive",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
