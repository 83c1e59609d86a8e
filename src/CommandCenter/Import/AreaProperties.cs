using System.Text.Json;

namespace CommandCenter.Import;

/// <summary>A feature's properties by our names, by the short ones that shapefiles leave, or in Chinese.</summary>
internal readonly struct AreaProperties(JsonElement members)
{
    private static readonly Dictionary<string, string[]> Names = new(StringComparer.Ordinal)
    {
        ["code"] = ["code", "编码", "编号", "代码"],
        ["name"] = ["name", "名称"],
        ["nameEn"] = ["nameEn", "name_en", "英文名称", "英文名"],
        ["kind"] = ["kind", "类别", "类型", "层级"],
        ["gridType"] = ["gridType", "grid_type", "网格类型"],
        ["parent"] = ["parent", "上级编码", "上级"],
    };

    public bool Has(string property) => Find(property) is not null;

    /// <summary>The text; a number stands for its digits, because GIS programs write codes so. Null when missing, null or of another kind.</summary>
    public string? Text(string property) => Find(property) is { } value
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;

    private JsonElement? Find(string property)
    {
        foreach (var name in Names[property])
        {
            if (members.TryGetProperty(name, out var value))
            {
                return value;
            }
        }

        return null;
    }
}
