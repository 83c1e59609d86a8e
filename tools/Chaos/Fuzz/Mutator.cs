namespace CommandCenter.Chaos.Fuzz;

/// <summary>Makes bad input from good: bytes flipped, cut, doubled, spliced with what parsers dislike and crossed with other good input. The same seed makes the same.</summary>
public sealed class Mutator(IReadOnlyList<byte[]> good, int seed)
{
    /// <summary>Longer ones say nothing more, and 10⁷ rounds must end.</summary>
    private const int Longest = 4_096;

    private static readonly byte[][] Splices =
    [
        "null"u8.ToArray(), "NaN"u8.ToArray(), "-1"u8.ToArray(), "1e999"u8.ToArray(), "\"\\ud800\""u8.ToArray(), "%"u8.ToArray(), "%ff"u8.ToArray(), "{}"u8.ToArray(),
        "[[[[[[["u8.ToArray(), "\0"u8.ToArray(), [0xff, 0xfe], "9223372036854775808"u8.ToArray(), "&&=&"u8.ToArray(), [0xdd, 0xff, 0xff, 0xff, 0xff],
        [0xdf, 0x7f, 0xff, 0xff, 0xff], [0xc6, 0x00, 0xff, 0xff, 0xff], [0xc1], [0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
    ];

    private readonly Random _chance = new(seed);

    public byte[] Next()
    {
        var bytes = good[_chance.Next(good.Count)].ToList();
        for (var changes = _chance.Next(1, 8); changes > 0; changes--)
        {
            var at = _chance.Next(bytes.Count + 1);
            switch (_chance.Next(8))
            {
                case 0 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << _chance.Next(8));
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] = (byte)_chance.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(_chance.Next(1, 20), bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(at, Splices[_chance.Next(Splices.Length)]);
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(_chance.Next(1, 40), bytes.Count - at)));
                    break;
                case 5 when _chance.Next(4) == 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 6:
                    var other = good[_chance.Next(good.Count)];
                    bytes.InsertRange(at, other.Take(_chance.Next(1, 60)));
                    break;
                default:
                    bytes.Insert(at, (byte)"\"{}[]:,&=%+"[_chance.Next(11)]);
                    break;
            }

            if (bytes.Count > Longest)
            {
                bytes.RemoveRange(Longest, bytes.Count - Longest);
            }
        }

        return [.. bytes];
    }
}
