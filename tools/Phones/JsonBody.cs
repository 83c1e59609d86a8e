using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;

namespace CommandCenter.Phones;

/// <summary>A JSON request body under construction.</summary>
internal sealed class JsonBody : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(512);

    public JsonBody() => Writer = new Utf8JsonWriter(_buffer);

    public Utf8JsonWriter Writer { get; }

    public HttpContent ToContent()
    {
        Writer.Flush();
        var content = new ByteArrayContent(_buffer.WrittenSpan.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    public void Dispose() => Writer.Dispose();
}

internal static class JsonWriting
{
    public static void WriteIfKnown(this Utf8JsonWriter json, string name, double? value, int digits)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, Math.Round(number, digits));
        }
    }
}
