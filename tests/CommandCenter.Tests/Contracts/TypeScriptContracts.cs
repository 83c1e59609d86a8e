using System.Reflection;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Positions;
using CommandCenter.Contracts.Wall;
using CommandCenter.Positions;

namespace CommandCenter.Tests.Contracts;

/// <summary>Writes the C# contracts as TypeScript, by reflection: the C# records stay the only source.</summary>
internal sealed class TypeScriptContracts
{
    private const string Header = "// Generated from the C# contracts by tests/CommandCenter.Tests/Contracts: do not edit.\n"
        + "// Numbers that C# calls long stay below 2^53. Times are ISO 8601 strings unless the comment says ms.\n";

    /// <summary>Enums that travel as numbers; all others travel as camelCase names.</summary>
    private static readonly HashSet<Type> Numeric = [typeof(Presence), typeof(RecordFlags)];

    private static readonly (Type Hub, string Name)[] Hubs = [(typeof(IWallHub), "WallHub"), (typeof(IWallClient), "WallClient")];

    private readonly TypeScriptDocs docs = new(typeof(OneOfAttribute).Assembly);

    public static string Make() => new TypeScriptContracts().All();

    private string All()
    {
        var types = typeof(OneOfAttribute).Assembly.GetExportedTypes()
            .Where(type => !typeof(Attribute).IsAssignableFrom(type) && !type.IsInterface)
            .OrderBy(type => type.FullName, StringComparer.Ordinal).ToList();
        List<IEnumerable<string>> blocks =
        [
            .. types.Where(type => type.IsEnum).Select(type => Numeric.Contains(type) ? NumericEnum(type) : Union(type)),
            Reasons(),
            .. types.Where(IsRecordLayout).Select(Layout),
            AgeTable(),
            .. types.Where(type => !type.IsEnum && !IsRecordLayout(type)).Select(Interface),
            .. Hubs.Select(hub => HubNames(hub.Hub, hub.Name)),
        ];
        return Header + string.Concat(blocks.Select(block => "\n" + string.Join('\n', block) + "\n"));
    }

    /// <summary>Bodies and arguments, by their names' form: what may be null may also be left out.</summary>
    private static bool IsSentByClients(Type type) =>
        type.Name.StartsWith("New", StringComparison.Ordinal) || type.Name.EndsWith("Request", StringComparison.Ordinal)
        || type.Name.EndsWith("Change", StringComparison.Ordinal) || type == typeof(PositionBatchItem);

    private static bool IsRecordLayout(Type type) => type.GetField("Size", BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true };

    private IEnumerable<string> NumericEnum(Type type) =>
    [
        .. docs.Of(type),
        $"export const {type.Name} = {{",
        .. Enum.GetNames(type).SelectMany(name => (IEnumerable<string>)
            [.. docs.OfField(type, name, "  "), $"  {TypeScriptTypes.Camel(name)}: {Convert.ToInt64(Enum.Parse(type, name))},"]),
        "} as const;",
        $"export type {type.Name} = (typeof {type.Name})[keyof typeof {type.Name}];",
    ];

    private IEnumerable<string> Union(Type type) =>
        [.. docs.Of(type), $"export type {type.Name} = {string.Join(" | ", Enum.GetNames(type).Select(name => $"'{TypeScriptTypes.Camel(name)}'"))};"];

    private static IEnumerable<string> Reasons() =>
    [
        "/** Why a position report was not kept. */",
        $"export type RefusalReason ={string.Concat(Enum.GetValues<Refusal>().Where(r => r is not Refusal.None).Select(r => $"\n  | '{r.Name()}'"))};",
    ];

    /// <summary>Where each field of a fixed-size record lies, found by writing a record with only that field set.</summary>
    private IEnumerable<string> Layout(Type type) =>
    [
        .. docs.Of(type),
        $"export const {TypeScriptTypes.Upper(type.Name)} = {{",
        $"  size: {RecordLayout.SizeOf(type)},",
        .. RecordLayout.Offsets(type).Select(field => $"  {TypeScriptTypes.Camel(field.Name)}: {field.Offset},"),
        "} as const;",
    ];

    private static IEnumerable<string> AgeTable() =>
    [
        "/** A wall record's age byte in seconds, rounded down to its unit; null: never located, or longer ago than can be said. */",
        "export const WALL_AGE_SECONDS: readonly (number | null)[] = [",
        .. Enumerable.Range(0, 256).Chunk(16).Select(row => $"  {string.Join(", ", row.Select(age => WallRecord.DecodeAge((byte)age)?.ToString() ?? "null"))},"),
        "];",
    ];

    private IEnumerable<string> Interface(Type type) =>
    [
        .. docs.Of(type),
        $"export interface {TypeScriptTypes.NameOf(type)}{(type.IsGenericType ? "<T>" : "")} {{",
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(property => (IEnumerable<string>)[.. docs.Of(property, "  "), Member(type, property)]),
        "}",
    ];

    private static string Member(Type type, PropertyInfo property)
    {
        var nullable = TypeScriptTypes.IsNullable(property);
        var optional = nullable && IsSentByClients(type) ? "?" : "";
        var named = TypeScriptTypes.TypeOf(property);
        return $"  {TypeScriptTypes.NameOf(property)}{optional}: {named}{(nullable && named != "unknown" ? " | null" : "")};";
    }

    private IEnumerable<string> HubNames(Type hub, string name) =>
    [
        .. docs.Of(hub),
        $"export const {name} = {{",
        .. hub.GetFields().Where(field => field.IsLiteral).Select(field => $"  {TypeScriptTypes.Camel(field.Name)}: '{field.GetRawConstantValue()}',"),
        .. hub.GetMethods().SelectMany(method => (IEnumerable<string>)
            [.. docs.OfMethod(method, "  "), $"  {TypeScriptTypes.Camel(method.Name)}: '{method.Name}',"]),
        "} as const;",
    ];
}
