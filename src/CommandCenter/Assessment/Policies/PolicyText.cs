using System.Text.Json;

namespace CommandCenter.Assessment.Policies;

/// <summary>Texts that JSON can spell and PostgreSQL cannot keep: half a surrogate pair, and control characters. Pure.</summary>
internal static class PolicyText
{
    public const string Fault = "must be a text without control characters and without half a surrogate pair";

    /// <summary>Lines may end; nothing else that cannot be seen is of use in a name or a note.</summary>
    public static bool IsPlain(string text) => !text.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t'));

    /// <summary>Names of properties, too: where one cannot be read its owner is named.</summary>
    public static void Check(JsonElement json, string pointer, PolicyFaults faults)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String when !IsReadable(json.GetString):
                faults.Add(pointer, Fault);
                break;
            case JsonValueKind.Array:
                var place = 0;
                foreach (var item in json.EnumerateArray())
                {
                    Check(item, $"{pointer}/{place++}", faults);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in json.EnumerateObject())
                {
                    if (IsReadable(() => property.Name))
                    {
                        Check(property.Value, $"{pointer}/{PolicyNode.Escaped(property.Name)}", faults);
                    }
                    else
                    {
                        faults.Add(pointer, "has a name with control characters or half a surrogate pair");
                    }
                }

                break;
        }
    }

    private static bool IsReadable(Func<string?> read)
    {
        try
        {
            return IsPlain(read() ?? "");
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is no text.
            return false;
        }
    }
}
