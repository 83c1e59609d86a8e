using System.Reflection;

namespace CommandCenter.Tests.Contracts;

/// <summary>The byte layout of a fixed-size record, seen from outside: which bytes change when one field does.</summary>
internal static class RecordLayout
{
    private delegate void WriteRecord(Span<byte> to);

    public static int SizeOf(Type type) => (int)type.GetField("Size")!.GetRawConstantValue()!;

    public static IEnumerable<(string Name, int Offset, int Length)> Offsets(Type type)
    {
        var parameters = type.GetConstructors().Single(constructor => constructor.GetParameters().Length > 1).GetParameters();
        foreach (var field in parameters)
        {
            var bytes = Write(type, parameters.Select(p => p == field ? AllOnes(p.ParameterType) : Activator.CreateInstance(p.ParameterType)));
            var offset = Array.FindIndex(bytes, b => b != 0);
            yield return (field.Name!, offset, Array.FindLastIndex(bytes, b => b != 0) - offset + 1);
        }
    }

    private static byte[] Write(Type type, IEnumerable<object?> values)
    {
        var record = Activator.CreateInstance(type, values.ToArray())!;
        var bytes = new byte[SizeOf(type)];
        type.GetMethod("Write", BindingFlags.Public | BindingFlags.Instance)!.CreateDelegate<WriteRecord>(record)(bytes);
        return bytes;
    }

    private static object AllOnes(Type type)
    {
        if (type == typeof(byte))
        {
            return byte.MaxValue;
        }

        return type == typeof(int) ? -1 : throw new NotSupportedException($"{type} in a fixed-size record");
    }
}
