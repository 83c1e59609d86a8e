using System.Reflection;
using System.Text.Json;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Positions;
using MessagePack;

namespace CommandCenter.Tests.Contracts;

/// <summary>How a contract's member is called and typed in TypeScript.</summary>
internal static class TypeScriptTypes
{
    /// <summary>Reasons are the server's own: it alone decides, the contract carries the name.</summary>
    private static readonly (Type Type, string Property, string Name) Reason = (typeof(PositionBatchItemResult), nameof(PositionBatchItemResult.Reason), "RefusalReason");

    private static readonly NullabilityInfoContext Nullability = new();

    public static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    /// <summary>Upper snake case for constants: WallRecord is WALL_RECORD.</summary>
    public static string Upper(string name) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(name);

    public static string NameOf(PropertyInfo property) => property.GetCustomAttribute<KeyAttribute>()?.StringKey ?? Camel(property.Name);

    public static string NameOf(Type type) => type.IsGenericType ? type.Name[..type.Name.IndexOf('`')] : type.Name;

    public static bool IsNullable(PropertyInfo property) => Nullability.Create(property).ReadState == NullabilityState.Nullable;

    public static string TypeOf(PropertyInfo property)
    {
        if ((property.DeclaringType, property.Name) == (Reason.Type, Reason.Property))
        {
            return Reason.Name;
        }

        return property.GetCustomAttribute<OneOfAttribute>() is { } oneOf ? OneOf(property, oneOf) : Of(property.PropertyType);
    }

    public static string Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying);
        }

        if (ElementOf(type) is { } element)
        {
            return element == typeof(byte) ? "Uint8Array" : $"{Of(element)}[]";
        }

        if (type == typeof(string) || type == typeof(DateTimeOffset))
        {
            return "string";
        }

        if (type == typeof(JsonElement))
        {
            return "unknown";
        }

        if (type == typeof(bool))
        {
            return "boolean";
        }

        if (type.IsPrimitive)
        {
            return "number";
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) && type.GetGenericArguments() is [var key, var value] && key == typeof(string))
        {
            return $"Record<string, {Of(value)}>";
        }

        return type.IsGenericParameter || type.Assembly == typeof(OneOfAttribute).Assembly
            ? NameOf(type)
            : throw new NotSupportedException($"{type} has no TypeScript form: teach {nameof(TypeScriptTypes)}, or keep it out of the contracts.");
    }

    private static string OneOf(PropertyInfo property, OneOfAttribute oneOf)
    {
        var union = oneOf.EnumType is { } named ? NameOf(named) : string.Join(" | ", oneOf.Names.Select(name => $"'{name}'"));
        return ElementOf(property.PropertyType) is null ? union : $"({union})[]";
    }

    private static Type? ElementOf(Type type) =>
        type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0]
        : null;
}
