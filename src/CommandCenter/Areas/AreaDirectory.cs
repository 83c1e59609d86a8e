namespace CommandCenter.Areas;

/// <summary>The area tree in memory, replaced whole when areas change (see AreaStore for where it comes from).</summary>
public sealed class AreaDirectory
{
    private volatile AreaTree _current = AreaTree.Empty;

    public AreaTree Current => _current;

    public void Replace(IEnumerable<Area> areas) => _current = new AreaTree(areas, _current.Version + 1);
}
