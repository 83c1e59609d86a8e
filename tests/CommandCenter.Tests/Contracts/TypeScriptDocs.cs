using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CommandCenter.Tests.Contracts;

/// <summary>The contracts' XML documentation as TypeScript comments.</summary>
internal sealed partial class TypeScriptDocs
{
    private readonly Dictionary<string, XElement> members;

    public TypeScriptDocs(Assembly assembly)
    {
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        members = XDocument.Load(file, LoadOptions.PreserveWhitespace).Descendants("member").ToDictionary(m => m.Attribute("name")!.Value);
    }

    public IEnumerable<string> Of(Type type, string indent = "") => Comment(Summary($"T:{type.FullName}"), indent);

    /// <summary>A property's own summary, or the text of the record parameter that it came from.</summary>
    public IEnumerable<string> Of(PropertyInfo property, string indent)
    {
        var type = property.DeclaringType!;
        var text = Summary($"P:{type.FullName}.{property.Name}");
        if (text.Count == 0 && members.TryGetValue($"T:{type.FullName}", out var declaring))
        {
            var parameter = declaring.Elements("param").FirstOrDefault(p => p.Attribute("name")!.Value == property.Name);
            text = parameter is null ? [] : Lines(parameter);
        }

        return Comment(text, indent);
    }

    public IEnumerable<string> OfField(Type type, string field, string indent) => Comment(Summary($"F:{type.FullName}.{field}"), indent);

    public IEnumerable<string> OfMethod(MethodInfo method, string indent) => Comment(
        Lines(members.FirstOrDefault(m => m.Key.StartsWith($"M:{method.DeclaringType!.FullName}.{method.Name}(", StringComparison.Ordinal)).Value
            ?.Element("summary")),
        indent);

    private static IEnumerable<string> Comment(List<string> text, string indent) => text.Count switch
    {
        0 => [],
        1 => [$"{indent}/** {text[0]} */"],
        _ => [$"{indent}/**", .. text.Select(line => $"{indent} * {line}".TrimEnd()), $"{indent} */"],
    };

    private List<string> Summary(string member) => members.TryGetValue(member, out var found) ? Lines(found.Element("summary")) : [];

    private static List<string> Lines(XElement? element)
    {
        if (element is null)
        {
            return [];
        }

        var text = string.Concat(element.Nodes().Select(Text)).ReplaceLineEndings("\n");
        return text.Split('\n').Select(line => Indent().Replace(line, "").TrimEnd()).SkipWhile(line => line.Length == 0).Reverse()
            .SkipWhile(line => line.Length == 0).Reverse().ToList();
    }

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => $"`{Reference(see.Attribute("cref")!.Value)}`",
        XElement { Name.LocalName: "paramref" } name => $"`{Camel(name.Attribute("name")!.Value)}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement other => string.Concat(other.Nodes().Select(Text)),
        _ => "",
    };

    /// <summary>A property by its wire name, a type by its own, any other member as Type.Member.</summary>
    private static string Reference(string cref)
    {
        var path = cref.Split('(')[0].Split('.');
        return cref[0] switch
        {
            'P' => Camel(path[^1]),
            'T' => path[^1],
            _ => $"{path[^2]}.{path[^1]}",
        };
    }

    private static string Camel(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);

    /// <summary>The indentation that the compiler keeps in front of every line.</summary>
    [GeneratedRegex("^ {1,12}")]
    private static partial Regex Indent();
}
