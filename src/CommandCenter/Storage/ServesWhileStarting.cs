namespace CommandCenter.Storage;

/// <summary>Marks an endpoint (<c>WithMetadata</c>) that needs nothing that the startup steps load.</summary>
public sealed class ServesWhileStarting
{
    public static readonly ServesWhileStarting Mark = new();
}
