using CommandCenter.Workers;

namespace CommandCenter.Tests.Workers;

public sealed class DeviceIndexTests
{
    /// <summary>Few hashes, so that ids stand in one another's way.</summary>
    [Test]
    public void FindsWhatWasAddedAndNotRemovedWhateverCollides([Range(1, 10)] int seed)
    {
        var random = new Random(seed);
        var index = new DeviceIndex();
        var known = new Dictionary<int, uint>();
        for (var step = 0; step < 20_000; step++)
        {
            if (known.Count > 0 && random.Next(4) == 0)
            {
                var (id, hash) = known.ElementAt(random.Next(Math.Min(known.Count, 20)));
                index.Remove(hash, id);
                known.Remove(id);
            }
            else
            {
                var hash = (uint)random.Next(200) << random.Next(25);
                known.Add(step + 1, hash);
                index.Add(hash, step + 1);
            }
        }

        foreach (var (id, hash) in known)
        {
            Assert.That(Ids(index, hash), Does.Contain(id));
        }

        foreach (var hash in known.Values.Distinct().Take(50))
        {
            Assert.That(Ids(index, hash), Is.EquivalentTo(known.Where(other => other.Value == hash).Select(other => other.Key)));
        }
    }

    [Test]
    public void FindsNothingUnderAHashThatNobodyHas() => Assert.That(Ids(new DeviceIndex(), 7), Is.Empty);

    private static List<int> Ids(DeviceIndex index, uint hash)
    {
        var ids = new List<int>();
        for (var candidates = index.Find(hash); candidates.Next(out var id);)
        {
            ids.Add(id);
        }

        return ids;
    }
}
