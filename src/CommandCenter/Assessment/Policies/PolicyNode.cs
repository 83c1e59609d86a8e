using System.Text.Json;
using System.Text.RegularExpressions;

namespace CommandCenter.Assessment.Policies;

/// <summary>A place in a policy's JSON that is read, and complains under its JSON pointer. What is missing or wrong reads as something harmless.</summary>
internal readonly partial struct PolicyNode(JsonElement json, string pointer, PolicyFaults faults)
{
    public bool IsThere => json.ValueKind == JsonValueKind.Object;

    public bool Has(string name) => IsThere && json.TryGetProperty(name, out _);

    /// <summary>A name as a JSON pointer has it; of a long one its beginning.</summary>
    public static string Escaped(string name) =>
        name[..Math.Min(60, name.Length)].Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    public string Pointer(string name) => $"{pointer}/{Escaped(name)}";

    public void Fault(string name, string fault) => faults.Add(Pointer(name), fault);

    /// <summary>What is not known is more likely a slip of the pen than a wish.</summary>
    public void Only(params string[] names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in IsThere ? json.EnumerateObject().ToArray() : [])
        {
            if (!names.Contains(property.Name))
            {
                Fault(property.Name, $"is not known here; known are {string.Join(", ", names)}");
            }
            else if (!seen.Add(property.Name))
            {
                Fault(property.Name, "stands here twice");
            }
        }
    }

    public PolicyNode Object(string name)
    {
        var value = Value(name);
        if (value.ValueKind != JsonValueKind.Object)
        {
            Fault(name, "must be an object");
        }

        return new PolicyNode(value, Pointer(name), faults);
    }

    public IReadOnlyList<PolicyNode> Array(string name, int least, int most)
    {
        var value = Value(name);
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() < least || value.GetArrayLength() > most)
        {
            Fault(name, $"must be a list of {least} to {most}");
            return [];
        }

        var nodes = new List<PolicyNode>();
        foreach (var item in value.EnumerateArray())
        {
            var at = $"{Pointer(name)}/{nodes.Count}";
            if (item.ValueKind != JsonValueKind.Object)
            {
                faults.Add(at, "must be an object");
            }

            nodes.Add(new PolicyNode(item, at, faults));
        }

        return nodes;
    }

    public string Text(string name, int most)
    {
        var value = Value(name);
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text && text.Trim().Length > 0 && text.Length <= most)
        {
            return text.Trim();
        }

        Fault(name, $"must be a text of 1 to {most} characters");
        return "";
    }

    /// <summary>Lower case letters, digits and hyphens: it is stored with scores.</summary>
    public string Word(string name)
    {
        var value = Value(name);
        if (value.ValueKind == JsonValueKind.String && Words().IsMatch(value.GetString()!))
        {
            return value.GetString()!;
        }

        Fault(name, "must be 1 to 30 of a to z, 0 to 9 and -, beginning with a letter");
        return "";
    }

    public string OneOf(string name, IReadOnlyList<string> words)
    {
        var value = Value(name);
        if (value.ValueKind == JsonValueKind.String && words.Contains(value.GetString()!))
        {
            return value.GetString()!;
        }

        Fault(name, $"must be one of {string.Join(", ", words)}");
        return "";
    }

    public double Number(string name, double least, double most)
    {
        var value = Value(name);
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most)
        {
            return number;
        }

        Fault(name, FormattableString.Invariant($"must be a number from {least} to {most}"));
        return least;
    }

    public int Whole(string name, int least, int most)
    {
        var value = Value(name);
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most && number == Math.Floor(number))
        {
            return (int)number;
        }

        Fault(name, FormattableString.Invariant($"must be a whole number from {least} to {most}"));
        return least;
    }

    private JsonElement Value(string name) => IsThere && json.TryGetProperty(name, out var value) ? value : default;

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,29}\z")]
    private static partial Regex Words();
}
