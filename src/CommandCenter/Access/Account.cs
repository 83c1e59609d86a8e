using CommandCenter.Contracts.Access;

namespace CommandCenter.Access;

/// <summary>An account as sessions need it, of a person or (<paramref name="Kiosk"/>) of a paired display; the password's hash stays in the database.</summary>
public sealed record Account(int Id, string User, AccountRole Role, int AreaId, string Stamp, bool Disabled, bool Kiosk = false);
