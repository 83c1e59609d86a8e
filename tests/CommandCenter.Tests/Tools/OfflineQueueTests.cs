using CommandCenter.Phones;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Tools;

internal sealed class OfflineQueueTests
{
    [Test]
    public void BehavesLikeAListThatForgetsItsOldest() =>
        Check.QuickThrowOnFailure(Prop.ForAll<int[]>(steps =>
        {
            var queue = new OfflineQueue(7);
            var model = new List<long>();
            long next = 0;
            foreach (var step in steps)
            {
                if (step % 3 != 0)
                {
                    queue.Add(new PhoneFix { FixTimeMs = next });
                    model.Add(next++);
                    model = model.Count > 7 ? model[^7..] : model;
                    continue;
                }

                var most = Math.Abs(step % 5);
                if (!queue.Take(most).Select(f => f.FixTimeMs).SequenceEqual(model.Take(most)))
                {
                    return false;
                }

                model = [.. model.Skip(most)];
            }

            return queue.Count == model.Count;
        }));
}
