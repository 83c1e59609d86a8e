using System.Linq.Expressions;
using System.Reflection;

namespace MessagePack.Formatters;

internal delegate void WriteMembers<T>(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options);

/// <summary>Reads the value of the member at <paramref name="index"/> of the plan into <paramref name="target"/>.</summary>
internal delegate void ReadMember<T>(ref MessagePackReader reader, ref T target, int index, MessagePackSerializerOptions options);

/// <summary>Turns a plan into delegates: no reflection and no boxing when values are written or set.</summary>
internal static class ObjectCompiler
{
    private static readonly ParameterExpression Writer = Expression.Parameter(typeof(MessagePackWriter).MakeByRefType(), "writer");
    private static readonly ParameterExpression Reader = Expression.Parameter(typeof(MessagePackReader).MakeByRefType(), "reader");
    private static readonly ParameterExpression Options = Expression.Parameter(typeof(MessagePackSerializerOptions), "options");

    private static readonly MethodInfo WriteRaw = typeof(ObjectCompiler).GetMethod(nameof(WriteKey), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static WriteMembers<T> Write<T>(ObjectPlan plan)
    {
        var value = Expression.Parameter(typeof(T), "value");
        var steps = new List<Expression>();
        if (plan.IsMap)
        {
            steps.Add(Expression.Call(Writer, nameof(MessagePackWriter.WriteMapHeader), null, Expression.Constant(plan.Members.Count)));
            foreach (var member in plan.Members)
            {
                steps.Add(Expression.Call(WriteRaw, Writer, Expression.Constant(KeyTable.Encode(member.Key!))));
                steps.Add(WriteMember(value, member));
            }
        }
        else
        {
            var places = plan.Members.Count == 0 ? 0 : plan.Members.Max(member => member.Index) + 1;
            steps.Add(Expression.Call(Writer, nameof(MessagePackWriter.WriteArrayHeader), null, Expression.Constant(places)));
            for (var place = 0; place < places; place++)
            {
                steps.Add(plan.Members.FirstOrDefault(m => m.Index == place) is { } member
                    ? WriteMember(value, member)
                    : Expression.Call(Writer, nameof(MessagePackWriter.WriteNil), null));
            }
        }

        return Expression.Lambda<WriteMembers<T>>(Expression.Block(steps), Writer, value, Options).Compile();
    }

    public static ReadMember<T> Read<T>(ObjectPlan plan)
    {
        var target = Expression.Parameter(typeof(T).MakeByRefType(), "target");
        var index = Expression.Parameter(typeof(int), "index");
        var skip = Expression.Call(Reader, nameof(MessagePackReader.Skip), null);
        var cases = plan.Members.Select((member, i) => (Member: member, Case: i)).Where(c => c.Member.CanSet)
            .Select(c => Expression.SwitchCase(
                Expression.Block(typeof(void), Expression.Assign(Expression.MakeMemberAccess(target, c.Member.Info), ReadMemberValue(c.Member))),
                Expression.Constant(c.Case)))
            .ToArray();
        Expression body = cases.Length == 0 ? skip : Expression.Switch(typeof(void), index, skip, null, cases);
        return Expression.Lambda<ReadMember<T>>(body, Reader, target, index, Options).Compile();
    }

    /// <summary>Makes the value from one slot a member of the plan; members that the constructor does not take are set when their slot is not <paramref name="unset"/>.</summary>
    public static Func<object?[], T> Construct<T>(ObjectPlan plan, object unset)
    {
        var slots = Expression.Parameter(typeof(object?[]), "slots");
        var value = Expression.Variable(typeof(T), "value");
        var (constructor, taken) = plan.Constructor!.Value;
        var slotOf = plan.Members.Select((member, i) => (member, i)).ToDictionary(m => m.member, m => Expression.ArrayIndex(slots, Expression.Constant(m.i)));
        var steps = new List<Expression>
        {
            Expression.Assign(value, Expression.New(constructor, taken.Select(member => Expression.Convert(slotOf[member], member.Type)))),
        };
        steps.AddRange(plan.Members.Where(member => member.CanSet && !taken.Contains(member)).Select(member => Expression.IfThen(
            Expression.ReferenceNotEqual(slotOf[member], Expression.Constant(unset)),
            Expression.Assign(Expression.MakeMemberAccess(value, member.Info), Expression.Convert(slotOf[member], member.Type)))));
        steps.Add(value);
        return Expression.Lambda<Func<object?[], T>>(Expression.Block([value], steps), slots).Compile();
    }

    private static void WriteKey(ref MessagePackWriter writer, byte[] encoded) => writer.WriteRaw(encoded);

    private static MethodCallExpression WriteMember(ParameterExpression value, PlannedMember member) => Expression.Call(
        Formatter(member.Type), nameof(IMessagePackFormatter<int>.Serialize), null, Writer, Expression.MakeMemberAccess(value, member.Info), Options);

    private static MethodCallExpression ReadMemberValue(PlannedMember member) =>
        Expression.Call(Formatter(member.Type), nameof(IMessagePackFormatter<int>.Deserialize), null, Reader, Options);

    private static MemberExpression Formatter(Type type) =>
        Expression.Property(null, typeof(FormatterCache<>).MakeGenericType(type), nameof(FormatterCache<int>.Formatter));
}
