using System.Reflection;

namespace MessagePack.Formatters;

/// <summary>One member of a type: its place in an array, or its key in a map.</summary>
internal sealed record PlannedMember(MemberInfo Info, Type Type, int Index, string? Key, bool CanSet);

/// <summary>What a type's attributes and constructors say about its form.</summary>
internal sealed class ObjectPlan
{
    private ObjectPlan(Type type, bool isMap, IReadOnlyList<PlannedMember> members)
    {
        Type = type;
        IsMap = isMap;
        Members = members;
        Constructor = Choose(type, members);
    }

    public Type Type { get; }

    /// <summary>A map by keys; otherwise an array by places.</summary>
    public bool IsMap { get; }

    public IReadOnlyList<PlannedMember> Members { get; }

    /// <summary>The constructor that takes members, with the member of each parameter; null: made without arguments, then set.</summary>
    public (ConstructorInfo Info, IReadOnlyList<PlannedMember> Members)? Constructor { get; }

    /// <exception cref="MessagePackSerializationException">The attributes contradict each other, or no constructor fits.</exception>
    public static ObjectPlan Of(Type type)
    {
        var found = type.GetMembers(BindingFlags.Public | BindingFlags.Instance)
            .Where(member => member is FieldInfo or PropertyInfo { CanRead: true, GetMethod.IsPublic: true } && !IsIndexer(member))
            .Where(member => member.GetCustomAttribute<IgnoreMemberAttribute>() is null)
            .ToList();
        if (type.GetCustomAttribute<MessagePackObjectAttribute>() is null)
        {
            return new ObjectPlan(type, isMap: true, [.. found.Select((member, i) => Plan(member, i, member.Name))]);
        }

        var keyed = found.Select(member => (Member: member, Key: member.GetCustomAttribute<KeyAttribute>()
            ?? throw Wrong(type, $"{member.Name} has neither [Key] nor [IgnoreMember]"))).ToList();
        var isMap = keyed.All(k => k.Key.StringKey is not null);
        if (!isMap && keyed.Any(k => k.Key.StringKey is not null))
        {
            throw Wrong(type, "keys are all strings or all integers");
        }

        var members = keyed.Select((k, i) => Plan(k.Member, k.Key.IntKey ?? i, k.Key.StringKey)).ToList();
        if (members.GroupBy(member => (object?)member.Key ?? member.Index).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw Wrong(type, $"key {twice.Key} is used twice");
        }

        return members.All(member => member.Index is >= 0 and < 1_000) ? new ObjectPlan(type, isMap, members) : throw Wrong(type, "integer keys run from 0 to 999");
    }

    private static PlannedMember Plan(MemberInfo member, int index, string? key) => member is PropertyInfo property
        ? new PlannedMember(member, property.PropertyType, index, key, property.SetMethod is { IsPublic: true })
        : new PlannedMember(member, ((FieldInfo)member).FieldType, index, key, !((FieldInfo)member).IsInitOnly);

    /// <summary>A constructor without parameters where there is one; otherwise the longest whose every parameter is a member's name.</summary>
    private static (ConstructorInfo, IReadOnlyList<PlannedMember>)? Choose(Type type, IReadOnlyList<PlannedMember> members)
    {
        var constructors = type.GetConstructors();
        if (constructors.Any(c => c.GetParameters().Length == 0) || (type.IsValueType && constructors.Length == 0))
        {
            return null;
        }

        foreach (var constructor in constructors.OrderByDescending(c => c.GetParameters().Length))
        {
            var fitting = constructor.GetParameters()
                .Select(p => members.FirstOrDefault(m => m.Type == p.ParameterType && string.Equals(m.Info.Name, p.Name, StringComparison.OrdinalIgnoreCase)))
                .OfType<PlannedMember>().ToList();
            if (fitting.Count == constructor.GetParameters().Length)
            {
                return (constructor, fitting);
            }
        }

        // Written, never read: reading says so.
        return null;
    }

    private static bool IsIndexer(MemberInfo member) => member is PropertyInfo property && property.GetIndexParameters().Length > 0;

    private static MessagePackSerializationException Wrong(Type type, string why) => new($"{type} is no MessagePack object: {why}.");
}
