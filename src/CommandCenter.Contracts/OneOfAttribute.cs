namespace CommandCenter.Contracts;

/// <summary>Names the only values that a string takes; the TypeScript contracts turn it into a union. Nothing checks it at run time.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute : Attribute
{
    public OneOfAttribute(params string[] names) => Names = names;

    /// <param name="enumType">The enum whose camelCase names the string carries.</param>
    public OneOfAttribute(Type enumType) => EnumType = enumType;

    public IReadOnlyList<string> Names { get; } = [];

    public Type? EnumType { get; }
}
