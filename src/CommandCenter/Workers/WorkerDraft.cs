using CommandCenter.Contracts.Workers;

namespace CommandCenter.Workers;

/// <summary>What is written of a worker beside the code. <paramref name="Skills"/> null: those there are stay.</summary>
public sealed record WorkerDraft(string Name, WorkerRole Role, int HomeAreaId, string? Phone, string[]? Skills = null);
