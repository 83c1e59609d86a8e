using CommandCenter.Areas;

namespace CommandCenter.Coverage.Ground;

/// <summary>Masks and targets of the center in memory, replaced whole when they change.</summary>
public sealed class GroundDirectory
{
    private volatile GroundRules _current = new(0, 0, [], new Dictionary<int, CoverageTarget>());

    public GroundRules Current => _current;

    public void Replace(IReadOnlyList<CoverageMask> masks, IReadOnlyList<CoverageTarget> targets)
    {
        var was = _current;
        var same = was.Masks.Select(mask => (mask.Code, mask.From, mask.To)).SequenceEqual(masks.Select(mask => (mask.Code, mask.From, mask.To)));
        _current = new GroundRules(was.Version + 1, same ? was.MasksVersion : was.MasksVersion + 1, masks, targets.ToDictionary(target => target.AreaId));
    }
}

/// <summary>What holds where, at one version.</summary>
/// <param name="Version">Counts up on this node.</param>
/// <param name="MasksVersion">Counts up on this node, when a mask changes.</param>
/// <param name="Masks">All there ever were.</param>
/// <param name="Targets">By the area that has its own.</param>
public sealed record GroundRules(long Version, long MasksVersion, IReadOnlyList<CoverageMask> Masks, IReadOnlyDictionary<int, CoverageTarget> Targets)
{
    /// <summary>Where nothing else is said.</summary>
    public const int UsualDays = 7;

    /// <summary>By the words that people choose from.</summary>
    public static readonly IReadOnlyDictionary<string, int> Choices = new Dictionary<string, int>(StringComparer.Ordinal) { ["hot-spot"] = 1, ["normal"] = UsualDays, ["remote"] = 30 };

    public static string? ChoiceOf(int days) => Choices.FirstOrDefault(choice => choice.Value == days).Key;

    /// <summary>Of the area itself or of the nearest one above it; null: the usual one.</summary>
    public CoverageTarget? TargetOf(AreaNode? area)
    {
        for (; area is not null; area = area.Parent)
        {
            if (Targets.TryGetValue(area.Area.Id, out var target))
            {
                return target;
            }
        }

        return null;
    }

    /// <summary>In days.</summary>
    public int DaysOf(AreaNode? area) => TargetOf(area)?.Days ?? UsualDays;

    /// <summary>Those that keep anybody from patrolling on a day that ends then. A lake was a lake before it was drawn.</summary>
    public IEnumerable<CoverageMask> MasksBefore(DateTimeOffset dayEnds) => Masks
        .GroupBy(mask => mask.Code, StringComparer.Ordinal)
        .Select(versions => versions.LastOrDefault(mask => mask.From < dayEnds) ?? versions.FirstOrDefault(mask => mask.Kind == MaskKind.Water))
        .Where(mask => mask is not null && (mask.To is null || mask.To >= dayEnds))
        .Select(mask => mask!);
}
