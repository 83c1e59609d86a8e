namespace MessagePack;

/// <summary>Marks a type whose members are written by their <see cref="KeyAttribute"/>: all strings (a map) or all integers (an array).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = true)]
public sealed class MessagePackObjectAttribute : Attribute;

/// <summary>Names a member's key in a map, or its place in an array.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class KeyAttribute : Attribute
{
    public KeyAttribute(int key) => IntKey = key;

    public KeyAttribute(string key) => StringKey = key;

    public int? IntKey { get; }

    public string? StringKey { get; }
}

/// <summary>Leaves a member out.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class IgnoreMemberAttribute : Attribute;
