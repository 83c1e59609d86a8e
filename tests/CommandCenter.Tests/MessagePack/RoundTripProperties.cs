using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MessagePack;

namespace CommandCenter.Tests.MessagePack;

/// <summary>What is written is read back, whole or in segments, and the same value has the same bytes.</summary>
public sealed class RoundTripProperties
{
    [Test]
    public void Longs() => RoundTrips(Gen.OneOf(ArbMap.Default.GeneratorFor<long>(), Gen.Choose(0, 63).SelectMany(bits => Gen.Elements(-1L, 0, 1).Select(d => (1L << bits) + d))));

    [Test]
    public void UnsignedLongs() => RoundTrips(ArbMap.Default.GeneratorFor<ulong>());

    [Test]
    public void Integers() => RoundTrips(ArbMap.Default.GeneratorFor<(sbyte, byte, short, ushort, int, uint)>());

    [Test]
    public void Doubles() => RoundTrips(ArbMap.Default.GeneratorFor<double>());

    [Test]
    public void Floats() => RoundTrips(ArbMap.Default.GeneratorFor<float>());

    /// <summary>A lone surrogate has no UTF-8 form, so strings are made of whole characters.</summary>
    [Test]
    public void Strings() => RoundTrips(Text);

    [Test]
    public void Bytes() => RoundTrips(ArbMap.Default.GeneratorFor<byte[]>());

    [Test]
    public void Times() => RoundTrips(
        from day in Gen.Choose(0, (DateTime.MaxValue - DateTime.MinValue).Days)
        from second in Gen.Choose(0, 86_399)
        from tick in Gen.OneOf(Gen.Constant(0), Gen.Choose(0, 9_999_999))
        select DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc).AddDays(day).AddSeconds(second).AddTicks(tick));

    [Test]
    public void Guids() => RoundTrips(ArbMap.Default.GeneratorFor<Guid>());

    [Test]
    public void Enums() => RoundTrips(ArbMap.Default.GeneratorFor<short>().Select(number => (Samples.Colour)number));

    [Test]
    public void NullablesInLists() => RoundTrips(ArbMap.Default.GeneratorFor<int?[]>().Select(items => items.ToList()));

    [Test]
    public void MapsOfLists() => RoundTrips(
        Gen.Zip(Text, ArbMap.Default.GeneratorFor<long[]>()).ListOf().Select(entries => entries.DistinctBy(e => e.Item1).ToDictionary(e => e.Item1, e => e.Item2)));

    [Test]
    public void ObjectsByConstructor() => RoundTrips(
        from name in Text
        from count in ArbMap.Default.GeneratorFor<int>()
        from last in ArbMap.Default.GeneratorFor<bool>()
        select new Samples.Placed(name, count, last));

    private static Gen<string> Text => Gen.Choose(0, 0x10ffff).Where(code => Rune.IsValid(code)).Select(code => new Rune(code).ToString()).ListOf().Select(string.Concat);

    private static void RoundTrips<T>(Gen<T> values)
    {
        Prop.ForAll(
            values.ToArbitrary(),
            value =>
            {
                var bytes = MessagePackSerializer.Serialize(value);
                var reader = new MessagePackReader(bytes);
                var read = MessagePackSerializer.Deserialize<T>(ref reader);
                var segmented = MessagePackSerializer.Deserialize<T>(Wire.InSegments(bytes, 3));
                return reader.End && Same(read, value) && Same(segmented, value) && MessagePackSerializer.Serialize(read).AsSpan().SequenceEqual(bytes);
            }).QuickCheckThrowOnFailure();
    }

    private static bool Same<T>(T one, T other) => NUnit.Framework.Is.EqualTo(other).ApplyTo(one).IsSuccess;
}
