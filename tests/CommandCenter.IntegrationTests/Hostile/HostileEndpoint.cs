using System.Text.Json;

namespace CommandCenter.IntegrationTests.Hostile;

/// <summary>An endpoint as the server's own OpenAPI document describes it, so that a new one is tested without anybody thinking of it.</summary>
internal sealed record HostileEndpoint(string Method, string Path, IReadOnlyList<string> Places, IReadOnlyList<string> Queries, IReadOnlyList<string> Fields)
{
    /// <summary>The phones' own doors, which have tests of their own; and one that is not JSON's.</summary>
    private static readonly string[] Others = ["/osmand", "/owntracks", "/api/positions", "/basemaps/{id}.pmtiles"];

    /// <summary>What makes sense for a field while another does not.</summary>
    private static readonly Dictionary<string, object?> Sensible = new()
    {
        ["name"] = "f",
        ["nameEn"] = "f",
        ["user"] = "fuzz",
        ["password"] = "a long password",
        ["current"] = "a long password",
        ["area"] = "140106",
        ["areaCode"] = "140106",
        ["areaName"] = "f",
        ["parent"] = "140106",
        ["kind"] = "subdistrict",
        ["role"] = "reserve",
        ["onDuty"] = true,
        ["reason"] = "f",
        ["label"] = "f",
        ["worker"] = "YZ00001",
        ["views"] = Array.Empty<object>(),
        ["geometry"] = null,
        ["gridType"] = null,
        ["reloadAt"] = null,
        ["phone"] = null,
        ["language"] = "en",
        ["style"] = "night",
    };

    public bool TakesABody => Method is "POST" or "PUT";

    public static IReadOnlyList<HostileEndpoint> Of(JsonElement document)
    {
        var schemas = document.GetProperty("components").GetProperty("schemas");
        return [.. from path in document.GetProperty("paths").EnumerateObject()
                   where !Others.Contains(path.Name)
                   from operation in path.Value.EnumerateObject()
                   select Of(path.Name, operation, schemas)];
    }

    /// <summary>With harmless words where the path has places: there is nobody and nothing of that name.</summary>
    public string Harmless() => Filled(_ => "999999");

    /// <summary>With hostile words in each place, and in each query by turns.</summary>
    public IEnumerable<string> Addresses(IReadOnlyList<string> hostile) =>
        hostile.Where(_ => Places.Count > 0).Select(value => Filled(_ => value))
            .Concat(from name in Queries from value in hostile select $"{Harmless()}?{name}={value}");

    /// <summary>The body with one field hostile and the others sensible; null: the field is not there.</summary>
    public IEnumerable<string> Bodies(IReadOnlyList<string> hostile) =>
        from field in Fields
        from value in hostile
        select "{" + string.Join(',', Fields.Select(name =>
            $"\"{name}\":{(name == field ? value : JsonSerializer.Serialize(Sensible.GetValueOrDefault(name, "f")))}")) + "}";

    public override string ToString() => $"{Method} {Path}";

    private string Filled(Func<string, string> value) => Places.Aggregate(Path, (path, place) => path.Replace("{" + place + "}", value(place), StringComparison.Ordinal));

    private static HostileEndpoint Of(string path, JsonProperty operation, JsonElement schemas)
    {
        var parameters = operation.Value.TryGetProperty("parameters", out var all) ? all.EnumerateArray().ToList() : [];
        IReadOnlyList<string> In(string where) =>
            [.. parameters.Where(parameter => parameter.GetProperty("in").ValueEquals(where)).Select(parameter => parameter.GetProperty("name").GetString()!)];
        return new HostileEndpoint(operation.Name.ToUpperInvariant(), path, In("path"), In("query"), FieldsOf(operation.Value, schemas));
    }

    private static List<string> FieldsOf(JsonElement operation, JsonElement schemas)
    {
        if (!operation.TryGetProperty("requestBody", out var body) || !body.GetProperty("content").TryGetProperty("application/json", out var json))
        {
            return [];
        }

        // A body that may be missing is described as one of null and the record.
        var schema = json.GetProperty("schema");
        if (schema.TryGetProperty("oneOf", out var choices))
        {
            schema = choices.EnumerateArray().First(choice => choice.TryGetProperty("$ref", out _));
        }

        var name = schema.GetProperty("$ref").GetString()!.Split('/')[^1];
        return [.. schemas.GetProperty(name).GetProperty("properties").EnumerateObject().Select(property => property.Name)];
    }
}
