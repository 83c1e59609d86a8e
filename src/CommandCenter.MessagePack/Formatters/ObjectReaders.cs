using System.Linq.Expressions;

namespace MessagePack.Formatters;

/// <summary>Walks the map or array; what nobody declared is skipped.</summary>
internal abstract class ObjectReader<T>(ObjectPlan plan)
{
    private readonly KeyTable? keys = plan.IsMap ? new KeyTable(plan.Members) : null;

    /// <summary>By place in the array, the member's index in the plan.</summary>
    private readonly int[] places = Enumerable.Range(0, plan.IsMap || plan.Members.Count == 0 ? 0 : plan.Members.Max(member => member.Index) + 1)
        .Select(place => plan.Members.ToList().FindIndex(member => member.Index == place)).ToArray();

    public abstract T Read(ref MessagePackReader reader, MessagePackSerializerOptions options);

    /// <summary>The number of members that follow, each announced by <see cref="Next"/>.</summary>
    protected int Begin(ref MessagePackReader reader) => keys is null ? reader.ReadArrayHeader() : reader.ReadMapHeader();

    /// <summary>The index in the plan of the member whose value comes next; -1 for none's.</summary>
    protected int Next(ref MessagePackReader reader, int position) =>
        keys is null ? (position < places.Length ? places[position] : -1) : keys.Read(ref reader, position);
}

/// <summary>Makes the value first and sets what arrives: what does not arrive keeps its initial value.</summary>
internal sealed class SettingReader<T> : ObjectReader<T>
{
    private readonly Func<T> make;
    private readonly ReadMember<T> read;

    public SettingReader(ObjectPlan plan)
        : base(plan)
    {
        read = ObjectCompiler.Read<T>(plan);
        var canMake = plan.Type.IsValueType || plan.Type.GetConstructor(Type.EmptyTypes) is not null;
        make = canMake
            ? Expression.Lambda<Func<T>>(Expression.New(plan.Type)).Compile()
            : () => throw new MessagePackSerializationException($"{plan.Type} can be written but not read: no public constructor takes its members by name.");
    }

    public override T Read(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        var value = make();
        var count = Begin(ref reader);
        for (var i = 0; i < count; i++)
        {
            var index = Next(ref reader, i);
            if (index < 0)
            {
                reader.Skip();
            }
            else
            {
                read(ref reader, ref value, index, options);
            }
        }

        return value;
    }
}

/// <summary>Collects what arrives and calls the constructor; what does not arrive is the parameter's default.</summary>
internal sealed class ConstructingReader<T> : ObjectReader<T>
{
    private static readonly object Unset = new();

    private readonly object?[] defaults;
    private readonly UntypedFormatter[] formatters;
    private readonly Func<object?[], T> construct;

    public ConstructingReader(ObjectPlan plan)
        : base(plan)
    {
        var (constructor, taken) = plan.Constructor!.Value;
        var defaultOf = taken.Zip(constructor.GetParameters()).ToDictionary(pair => pair.First, pair => Default(pair.Second));
        defaults = [.. plan.Members.Select(member => defaultOf.TryGetValue(member, out var value) ? value : Unset)];
        formatters = [.. plan.Members.Select(member => UntypedFormatter.For(member.Type))];
        construct = ObjectCompiler.Construct<T>(plan, Unset);
    }

    public override T Read(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        var slots = (object?[])defaults.Clone();
        var count = Begin(ref reader);
        for (var i = 0; i < count; i++)
        {
            var index = Next(ref reader, i);
            if (index < 0)
            {
                reader.Skip();
            }
            else
            {
                slots[index] = formatters[index].Deserialize(ref reader, options);
            }
        }

        return construct(slots);
    }

    private static object? Default(System.Reflection.ParameterInfo parameter) =>
        parameter.HasDefaultValue && parameter.DefaultValue is { } value ? value
        : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType)
        : null;
}
