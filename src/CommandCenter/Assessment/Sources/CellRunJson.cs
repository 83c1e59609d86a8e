using System.Text.Json;
using System.Text.Json.Serialization;

namespace CommandCenter.Assessment.Sources;

/// <summary>As four numbers: there are thousands of runs in what is kept.</summary>
internal sealed class CellRunJson : JsonConverter<CellRun>
{
    public override CellRun Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("A run of squares is four numbers.");
        }

        Span<int> numbers = stackalloc int[4];
        foreach (ref var number in numbers)
        {
            reader.Read();
            number = reader.GetInt32();
        }

        reader.Read();
        return new CellRun(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    public override void Write(Utf8JsonWriter writer, CellRun value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Row);
        writer.WriteNumberValue(value.Column);
        writer.WriteNumberValue(value.Cells);
        writer.WriteNumberValue(value.Visited);
        writer.WriteEndArray();
    }
}
