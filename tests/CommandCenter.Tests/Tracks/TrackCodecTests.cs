using CommandCenter.Tracks;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Tracks;

public sealed class TrackCodecTests
{
    [Test]
    public void WhateverIsEncodedHasTheShapeOfATrackAndNothingCutOffHas() => Prop.ForAll(Fixes.AnyList(3), fixes =>
    {
        var sorted = fixes.ToList();
        FixOrder.SortAndDeduplicate(sorted);
        var bytes = TrackCodec.Encode(sorted.ToArray());
        return TrackCodec.HasShape(bytes, 3, sorted.Count)
            && !TrackCodec.HasShape(bytes, 4, sorted.Count)
            && !TrackCodec.HasShape(bytes, 3, sorted.Count + 1)
            && Enumerable.Range(0, bytes.Length).All(length => !TrackCodec.HasShape(bytes.AsSpan(0, length), 3, sorted.Count));
    }).QuickCheckThrowOnFailure();

    [Test]
    public void WhatCannotBeDecodedAddsNothing()
    {
        var fixes = new List<Fix> { Fixes.At(Fixes.Noon) };
        var bytes = TrackCodec.Encode([Fixes.At(Fixes.Noon), Fixes.At(Fixes.Noon + 1_000)]);

        Assert.That(TrackCodec.TryDecode(bytes.AsSpan(0, bytes.Length - 1), fixes), Is.False);
        Assert.That(fixes, Has.Count.EqualTo(1));
        Assert.That(TrackCodec.TryDecode(bytes, fixes), Is.True);
        Assert.That(fixes, Has.Count.EqualTo(3));
    }

    [Test]
    public void GivesBackWhatItWasGiven() => Prop.ForAll(Fixes.AnyList(3), fixes =>
    {
        var sorted = fixes.ToList();
        FixOrder.SortAndDeduplicate(sorted);
        var decoded = new List<Fix>();
        TrackCodec.Decode(TrackCodec.Encode(sorted.ToArray()), decoded);
        return decoded.SequenceEqual(sorted);
    }).QuickCheckThrowOnFailure();

    [Test]
    public void AnyOrderAndRepetitionOfTheSameFixesGivesTheSameTrack() => Prop.ForAll(Fixes.AnyList(3), fixes =>
    {
        var once = TrackPiece.From([.. fixes]);
        var again = TrackPiece.From([.. Fixes.Shuffled(fixes.Concat(fixes), fixes.Length)]);
        return once.Body.AsSpan().SequenceEqual(again.Body) && once with { Body = [] } == again with { Body = [] };
    }).QuickCheckThrowOnFailure();

    [Test]
    public void AWalkOfWholeSecondsTakesAtMostTwelveBytesAFix()
    {
        var random = new Random(1);
        var walk = Enumerable.Range(0, 720).Select(i => Fixes.At(
            Fixes.Noon + (i * 5_000), 112.56 + (i * 6e-5) + (random.NextDouble() * 3e-5), 37.86 + (random.NextDouble() * 3e-5))).ToArray();

        var bytes = TrackCodec.Encode(walk);

        Assert.That(bytes, Has.Length.LessThan(720 * 12));
    }

    [Test]
    public void ARestingPhoneTakesAlmostNothing()
    {
        var rest = Enumerable.Range(0, 720).Select(i => Fixes.At(Fixes.Noon + (i * 5_000))).ToArray();

        Assert.That(TrackCodec.Encode(rest), Has.Length.LessThan(80));
    }

    [Test]
    public void DamagedBytesAreNamedAndNeverCrash()
    {
        var good = TrackCodec.Encode([.. Enumerable.Range(0, 50).Select(i => Fixes.At(Fixes.Noon + (i * 5_003), 112.5 + (i * 0.001)))]);
        var random = new Random(2);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = good.AsSpan(0, random.Next(2) == 0 ? good.Length : random.Next(good.Length)).ToArray();
            for (var change = random.Next(3); change >= 0 && bytes.Length > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                TrackCodec.Decode(bytes, []);
            }
            catch (Exception e) when (e is InvalidDataException or OverflowException)
            {
                continue;
            }
        }

        Assert.That(() => TrackCodec.Decode([9, 1], []), Throws.InstanceOf<InvalidDataException>());
    }
}
