using System.Text;
using CommandCenter.LoadGenerator.Http;

namespace CommandCenter.Tests.Tools.LoadGenerator;

public sealed class ResponseReaderTests
{
    private const string Known = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nDate: x\r\n\r\nhello";
    private const string Chunked = "HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\nconnection: close\r\n\r\n5\r\nhello\r\nb\r\n, all of it\r\n0\r\n\r\n";

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(10_000)]
    public void ReadsABodyOfKnownLengthHoweverItArrives(int part)
    {
        var reader = Read(Known, part);
        Assert.That((reader.Status, reader.Closes, Text(reader)), Is.EqualTo((200, false, "hello")));
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(10_000)]
    public void ReadsChunksHoweverTheyArrive(int part)
    {
        var reader = Read(Chunked, part);
        Assert.That((reader.Status, reader.Closes, Text(reader)), Is.EqualTo((400, true, "hello, all of it")));
    }

    [Test]
    public void ReadsOneAfterAnother()
    {
        var reader = new ResponseReader();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            reader.Begin();
            Feed(reader, Known, 4);
            Assert.That(Text(reader), Is.EqualTo("hello"));
        }
    }

    [Test]
    public void ReadsAnEmptyAnswer() => Assert.That(Read("HTTP/1.1 204 No Content\r\n\r\n", 5).Status, Is.EqualTo(204));

    [Test]
    public void ReadsALargeBody()
    {
        var body = new string('x', 300_000);
        Assert.That(Text(Read($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}", 4_000)), Is.EqualTo(body));
    }

    [TestCase("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [TestCase("SSH-2.0-x\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxy")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    public void RefusesWhatIsNoAnswer(string text) => Assert.That(() => Read(text, 10_000), Throws.TypeOf<InvalidDataException>());

    [Test]
    public void RefusesAnAnswerThatNeverEnds() =>
        Assert.That(() => Feed(new ResponseReader(maxBytes: 10_000), "HTTP/1.1 200 OK\r\n" + new string('x', 20_000), 1_000), Throws.TypeOf<InvalidDataException>());

    private static ResponseReader Read(string text, int part)
    {
        var reader = new ResponseReader();
        reader.Begin();
        Assert.That(Feed(reader, text, part), Is.True, "complete with its last byte and not before");
        return reader;
    }

    private static bool Feed(ResponseReader reader, string text, int part)
    {
        ReadOnlySpan<byte> bytes = Encoding.ASCII.GetBytes(text);
        while (!bytes.IsEmpty)
        {
            var free = reader.Free();
            var taken = Math.Min(Math.Min(part, free.Length), bytes.Length);
            bytes[..taken].CopyTo(free);
            bytes = bytes[taken..];
            if (reader.Take(taken))
            {
                return bytes.IsEmpty;
            }
        }

        return false;
    }

    private static string Text(ResponseReader reader) => Encoding.ASCII.GetString(reader.Body);
}
