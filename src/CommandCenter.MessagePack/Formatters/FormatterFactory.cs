using System.Reflection;

namespace MessagePack.Formatters;

/// <summary>Chooses a type's formatter: built in, made of others, or from the type's members.</summary>
internal static class FormatterFactory
{
    private static readonly Dictionary<Type, object> BuiltIn = new()
    {
        [typeof(bool)] = new BooleanFormatter(),
        [typeof(byte)] = new ByteFormatter(),
        [typeof(sbyte)] = new SByteFormatter(),
        [typeof(short)] = new Int16Formatter(),
        [typeof(ushort)] = new UInt16Formatter(),
        [typeof(int)] = new Int32Formatter(),
        [typeof(uint)] = new UInt32Formatter(),
        [typeof(long)] = new Int64Formatter(),
        [typeof(ulong)] = new UInt64Formatter(),
        [typeof(float)] = new SingleFormatter(),
        [typeof(double)] = new DoubleFormatter(),
        [typeof(char)] = new CharFormatter(),
        [typeof(string)] = new StringFormatter(),
        [typeof(byte[])] = new ByteArrayFormatter(),
        [typeof(ReadOnlyMemory<byte>)] = new ReadOnlyMemoryFormatter(),
        [typeof(Memory<byte>)] = new MemoryFormatter(),
        [typeof(DateTime)] = new DateTimeFormatter(),
        [typeof(DateTimeOffset)] = new DateTimeOffsetFormatter(),
        [typeof(Guid)] = new GuidFormatter(),
        [typeof(object)] = new DynamicFormatter(),
    };

    /// <exception cref="MessagePackSerializationException">The type cannot be written or read.</exception>
    public static object Create(Type type)
    {
        if (BuiltIn.TryGetValue(type, out var known))
        {
            return known;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Make(typeof(NullableFormatter<>), underlying);
        }

        if (type.IsEnum)
        {
            return Make(typeof(EnumFormatter<,>), type, Enum.GetUnderlyingType(type));
        }

        return Collection(type) ?? FromMembers(type);
    }

    private static object? Collection(Type type)
    {
        if (type.IsArray)
        {
            return type.IsSZArray ? Make(typeof(ArrayFormatter<>), type.GetElementType()!) : throw Unsupported(type, "it is an array of several dimensions");
        }

        if ((Implemented(type, typeof(IDictionary<,>)) ?? Implemented(type, typeof(IReadOnlyDictionary<,>))) is { } map)
        {
            return Make(typeof(DictionaryFormatter<,,>), type, map[0], map[1]);
        }

        return Implemented(type, typeof(IEnumerable<>)) is { } sequence ? Make(typeof(SequenceFormatter<,>), type, sequence[0]) : null;
    }

    private static object FromMembers(Type type)
    {
        if (type.IsInterface || type.IsAbstract || type.IsPrimitive || type.IsPointer || type.IsByRefLike || type.ContainsGenericParameters
            || typeof(Delegate).IsAssignableFrom(type) || typeof(MemberInfo).IsAssignableFrom(type))
        {
            throw Unsupported(type, "it is no plain class or struct");
        }

        return Make(typeof(ObjectFormatter<>), type);
    }

    private static object Make(Type formatter, params Type[] arguments)
    {
        try
        {
            return Activator.CreateInstance(formatter.MakeGenericType(arguments))!;
        }
        catch (TargetInvocationException error) when (error.InnerException is MessagePackSerializationException inner)
        {
            throw new MessagePackSerializationException(inner.Message, inner);
        }
    }

    /// <summary>The arguments with which <paramref name="type"/> is or implements a generic interface.</summary>
    private static Type[]? Implemented(Type type, Type generic) =>
        type.GetInterfaces().Prepend(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == generic)?.GetGenericArguments();

    private static MessagePackSerializationException Unsupported(Type type, string why) => new($"{type} has no MessagePack form: {why}.");
}
