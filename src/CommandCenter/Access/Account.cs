using CommandCenter.Contracts.Access;

namespace CommandCenter.Access;

/// <summary>A person's account as sessions need it; the password's hash stays in the database.</summary>
public sealed record Account(int Id, string User, AccountRole Role, int AreaId, string Stamp, bool Disabled);
