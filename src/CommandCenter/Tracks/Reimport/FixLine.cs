namespace CommandCenter.Tracks.Reimport;

/// <summary>
/// A fix as one of our files has it: <paramref name="Worker"/> by code, since numbers of workers are a center's own; <see cref="Fix.WorkerId"/> is not set.
/// <paramref name="Fault"/>: why the line says no fix; the others of the file are as good as before.
/// </summary>
internal readonly record struct FixLine(long Line, string Worker, Fix Fix, string? Fault = null)
{
    public static FixLine Bad(long line, string fault) => new(line, "", default, fault);
}
