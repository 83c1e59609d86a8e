using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CommandCenter.Tests.Assessment;

/// <summary>As much of JSON Schema 2020-12 as policy.schema.json uses; a keyword that it does not know fails the test, so that none is passed over.</summary>
internal sealed class SchemaCheck(JsonNode root)
{
    public bool Allows(JsonNode? value) => Allows(root, value);

    private bool Allows(JsonNode schema, JsonNode? value) => schema.AsObject().All(keyword => keyword.Key switch
    {
        "$schema" or "title" or "description" or "$defs" => true,
        "$ref" => Allows(root["$defs"]![((string)keyword.Value!)["#/$defs/".Length..]]!, value),
        "type" => IsOf((string)keyword.Value!, value),
        "enum" => keyword.Value!.AsArray().Any(one => JsonNode.DeepEquals(one, value)),
        "const" => JsonNode.DeepEquals(keyword.Value, value),
        "oneOf" => keyword.Value!.AsArray().Count(one => Allows(one!, value)) == 1,
        "required" => value is not JsonObject made || keyword.Value!.AsArray().All(name => made.ContainsKey((string)name!)),
        "additionalProperties" => value is not JsonObject made || made.All(property => schema["properties"]!.AsObject().ContainsKey(property.Key)),
        "minProperties" => value is not JsonObject made || made.Count >= (int)keyword.Value!,
        "properties" => value is not JsonObject made || keyword.Value!.AsObject().All(property => !made.ContainsKey(property.Key) || Allows(property.Value!, made[property.Key])),
        "items" => value is not JsonArray list || list.All(item => Allows(keyword.Value!, item)),
        "minItems" => value is not JsonArray list || list.Count >= (int)keyword.Value!,
        "maxItems" => value is not JsonArray list || list.Count <= (int)keyword.Value!,
        "minimum" => Number(value) is not { } number || number >= (double)keyword.Value!,
        "maximum" => Number(value) is not { } number || number <= (double)keyword.Value!,
        "minLength" => Text(value) is not { } text || text.Length >= (int)keyword.Value!,
        "maxLength" => Text(value) is not { } text || text.Length <= (int)keyword.Value!,
        "pattern" => Text(value) is not { } text || Regex.IsMatch(text, ((string)keyword.Value!).Replace("$", "\\z", StringComparison.Ordinal)),
        _ => throw new NotSupportedException($"The schema uses {keyword.Key}, which this test does not know."),
    });

    private static bool IsOf(string type, JsonNode? value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => Text(value) is not null,
        "number" => Number(value) is not null,
        "integer" => Number(value) is { } number && number == Math.Floor(number),
        _ => throw new NotSupportedException(type),
    };

    private static double? Number(JsonNode? value) => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number ? value.GetValue<double>() : null;

    private static string? Text(JsonNode? value) => value?.GetValueKind() == System.Text.Json.JsonValueKind.String ? value.GetValue<string>() : null;
}
