using System.Security.Cryptography;
using CommandCenter.LoadGenerator.Center;
using CommandCenter.LoadGenerator.Measuring;

namespace CommandCenter.LoadGenerator.Runs;

/// <summary>
/// Redis alone, taking batches of the size that the server appends, one XADD after another as the server does: what batched ingest is measured beside.
/// Writes to a stream of its own, kept short and deleted afterwards.
/// </summary>
internal static class RedisBaseline
{
    private const string Log = "cc:{p0}:log";
    private const int UsualFixes = 3_000;
    private const int UsualBytesPerFix = 23;

    private static readonly byte[] Key = "load-generator:baseline"u8.ToArray();

    /// <summary>The largest of the log's newest entries and how many fixes it holds; random bytes of that size where the log is empty.</summary>
    public static (byte[] Batch, int Fixes) Sample(RedisAddress address)
    {
        using var redis = new RespClient(address);
        var bulks = redis.Command("XREVRANGE"u8.ToArray(), System.Text.Encoding.ASCII.GetBytes(Log), "+"u8.ToArray(), "-"u8.ToArray(), "COUNT"u8.ToArray(), "20"u8.ToArray());
        var batch = bulks.Where(bulk => bulk.Length > 1_000 && bulk[0] == 1).MaxBy(bulk => bulk.Length);
        return batch is null
            ? (RandomNumberGenerator.GetBytes(UsualFixes * UsualBytesPerFix), UsualFixes)
            : (batch, FixesOf(batch));
    }

    /// <summary>Of a batch in the log: version, time and then their number as a varint.</summary>
    internal static int FixesOf(ReadOnlySpan<byte> batch)
    {
        var fixes = 0;
        for (var (at, shift) = (9, 0); at < batch.Length && shift < 35; at++, shift += 7)
        {
            fixes |= (batch[at] & 0x7f) << shift;
            if (batch[at] < 0x80)
            {
                break;
            }
        }

        return fixes;
    }

    public static StageResult Run(RedisAddress address, byte[] batch, int fixes, double seconds, UsageMeter meter, TimeProvider clock)
    {
        using var redis = new RespClient(address);
        var command = RespClient.Encode("XADD"u8.ToArray(), Key, "MAXLEN"u8.ToArray(), "~"u8.ToArray(), "500"u8.ToArray(), "*"u8.ToArray(), "b"u8.ToArray(), batch);
        var answers = new Histogram();
        meter.Begin();
        var start = clock.GetTimestamp();
        while (clock.GetElapsedTime(start).TotalSeconds < seconds)
        {
            var began = clock.GetTimestamp();
            redis.Send(command);
            answers.Add((clock.GetTimestamp() - began) * 1_000_000 / clock.TimestampFrequency);
        }

        var took = clock.GetElapsedTime(start).TotalSeconds;
        meter.Sample();
        var usage = meter.Read();
        redis.Command("DEL"u8.ToArray(), Key);
        return new StageResult
        {
            Name = "Redis alone",
            Seconds = Math.Round(took, 2),
            Connections = 1,
            AnswersPerSecond = Math.Round(answers.Count / took, 1),
            AcceptedPerSecond = Math.Round(answers.Count * fixes / took, 1),
            AnswerP50 = answers.Milliseconds(0.5),
            AnswerP99 = answers.Milliseconds(0.99),
            Usage = usage,
            Notes = [$"{batch.Length} bytes, {fixes} fixes an append: {batch.Length / (double)fixes:0.0} bytes a fix"],
        };
    }
}
