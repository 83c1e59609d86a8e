namespace CommandCenter.Workers;

/// <summary>An enrolled device as the ingest path needs it. <paramref name="User"/> is its public name; its secrets are kept as hashes alone.</summary>
public sealed record Device(int Id, string User, int WorkerId, bool Revoked);
