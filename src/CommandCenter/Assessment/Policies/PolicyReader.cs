using System.Text.Json;
using CommandCenter.Assessment.Scoring;

namespace CommandCenter.Assessment.Policies;

/// <summary>What is wrong with a policy: every fault at once, by JSON pointer, as long as they are not more than anybody reads. Empty: nothing is.</summary>
public sealed class PolicyFaults
{
    private const int Most = 200;

    private readonly SortedDictionary<string, List<string>> _byPointer = new(StringComparer.Ordinal);

    public bool Any => _byPointer.Count > 0;

    public IReadOnlyDictionary<string, string[]> ByPointer => _byPointer.ToDictionary(fault => fault.Key, fault => fault.Value.ToArray());

    public void Add(string pointer, string fault)
    {
        if (!_byPointer.TryGetValue(pointer, out var faults))
        {
            if (_byPointer.Count == Most)
            {
                return;
            }

            _byPointer[pointer] = faults = [];
        }

        if (!faults.Contains(fault))
        {
            faults.Add(fault);
        }
    }
}

/// <summary>Reads a policy and says all that is wrong with it. It agrees with policy.schema.json, and knows beyond it what a schema cannot say. Pure.</summary>
public static class PolicyReader
{
    private const int MostBands = 10;
    private const int MostSteps = 20;

    /// <summary>How far weights may be from 100 together: three times a third.</summary>
    private const double WeightSlack = 1e-6;

    private static readonly IReadOnlyDictionary<string, SubjectKind> Kinds =
        Enum.GetValues<SubjectKind>().ToDictionary(kind => kind.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <param name="json">What somebody wrote.</param>
    /// <param name="hasLegalBasis">Somebody wrote down why hours and mileage may count.</param>
    /// <param name="faults">Gets what is wrong.</param>
    /// <returns>Null when anything is.</returns>
    public static AssessmentPolicy? Read(JsonElement json, bool hasLegalBasis, PolicyFaults faults)
    {
        PolicyText.Check(json, "", faults);
        if (faults.Any)
        {
            return null;
        }

        var root = new PolicyNode(json, "", faults);
        root.Only("name", "timing", "bands", "subjects");
        var name = ReadName(root.Object("name"));
        var timing = ReadTiming(root.Object("timing"));
        var bands = ReadBands(root.Array("bands", 1, MostBands));
        var subjects = new Dictionary<SubjectKind, IReadOnlyList<IndicatorRule>>();
        var nodes = root.Object("subjects");
        nodes.Only([.. Kinds.Keys]);
        foreach (var (word, kind) in Kinds)
        {
            if (nodes.Has(word))
            {
                subjects[kind] = ReadSubject(nodes.Array(word, 1, IndicatorIds.All.Count), nodes.Pointer(word), hasLegalBasis, faults);
            }
        }

        if (nodes.IsThere && subjects.Count == 0)
        {
            faults.Add("/subjects", $"must have at least one of {string.Join(", ", Kinds.Keys)}");
        }

        return faults.Any ? null : new AssessmentPolicy(name, timing, bands, subjects);
    }

    private static TwoLanguages ReadName(PolicyNode node)
    {
        node.Only("zh", "en");
        return new TwoLanguages(node.Text("zh", 60), node.Text("en", 60));
    }

    private static PolicyTiming ReadTiming(PolicyNode node)
    {
        node.Only("acknowledgeSeconds", "acceptSeconds", "arriveSeconds", "doneSeconds", "patrolMinutes", "dutyMinutes");
        return new PolicyTiming(
            node.Whole("acknowledgeSeconds", 1, 86_400),
            node.Whole("acceptSeconds", 1, 86_400),
            node.Whole("arriveSeconds", 1, 86_400),
            node.Whole("doneSeconds", 1, 604_800),
            node.Whole("patrolMinutes", 1, 1_440),
            node.Whole("dutyMinutes", 1, 1_440));
    }

    private static List<Band> ReadBands(IReadOnlyList<PolicyNode> nodes)
    {
        var bands = new List<Band>();
        foreach (var node in nodes)
        {
            node.Only("id", "zh", "en", "from");
            var band = new Band(node.Word("id"), new TwoLanguages(node.Text("zh", 60), node.Text("en", 60)), node.Number("from", 0, 100));
            if (bands.Any(other => other.Id == band.Id))
            {
                node.Fault("id", "is the id of another band");
            }

            if (bands.Count > 0 && !(band.From < bands[^1].From))
            {
                node.Fault("from", "must be below that of the band before: bands stand best first and do not overlap");
            }

            bands.Add(band);
        }

        if (bands.Count > 0 && bands[^1].From != 0)
        {
            nodes[^1].Fault("from", "of the last band must be 0: every total has a band");
        }

        return bands;
    }

    private static List<IndicatorRule> ReadSubject(IReadOnlyList<PolicyNode> nodes, string pointer, bool hasLegalBasis, PolicyFaults faults)
    {
        var rules = new List<IndicatorRule>();
        foreach (var node in nodes)
        {
            node.Only("id", "weight", "minimumSamples", "formula");
            var rule = new IndicatorRule(
                node.OneOf("id", IndicatorIds.All), node.Number("weight", 0, 100), node.Whole("minimumSamples", 1, 1_000_000), ReadFormula(node.Object("formula")));
            if (rules.Any(other => other.Id == rule.Id && rule.Id.Length > 0))
            {
                node.Fault("id", "stands here already");
            }

            if (rule.Weight > 0 && !hasLegalBasis && IndicatorIds.NeedLegalBasis.Contains(rule.Id))
            {
                node.Fault("weight", "must be 0 as long as no legal basis is recorded: this is how long, or how far, somebody was watched");
            }

            rules.Add(rule);
        }

        var sum = rules.Sum(rule => rule.Weight);
        if (rules.Count > 0 && !(Math.Abs(sum - 100) <= WeightSlack))
        {
            faults.Add(pointer, FormattableString.Invariant($"must have weights that make 100, and they make {sum}"));
        }

        return rules;
    }

    private static Formula ReadFormula(PolicyNode node)
    {
        switch (node.OneOf("kind", ["linear", "steps"]))
        {
            case "linear":
                node.Only("kind", "zero", "full");
                var linear = new LinearFormula(node.Number("zero", 0, 1e6), node.Number("full", 0, 1e6));
                if (linear.Zero == linear.Full)
                {
                    node.Fault("full", "must be another value than zero");
                }

                return linear;
            case "steps":
                node.Only("kind", "steps");
                return ReadSteps(node.Array("steps", 1, MostSteps));
            default:
                return new LinearFormula(0, 1);
        }
    }

    private static StepsFormula ReadSteps(IReadOnlyList<PolicyNode> nodes)
    {
        var steps = new List<FormulaStep>();
        foreach (var node in nodes)
        {
            node.Only("from", "points");
            var step = new FormulaStep(node.Number("from", 0, 1e6), node.Number("points", 0, 100));
            if (steps.Count > 0 && !(step.From > steps[^1].From))
            {
                node.Fault("from", "must be above that of the step before");
            }

            steps.Add(step);
        }

        return new StepsFormula(steps);
    }
}
