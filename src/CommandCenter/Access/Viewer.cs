using CommandCenter.Contracts.Access;

namespace CommandCenter.Access;

/// <summary>The signed-in person behind a request or a connection, read from its claims. Scope is everything under <paramref name="AreaId"/>.</summary>
public sealed record Viewer(int AccountId, string User, AccountRole Role, int AreaId)
{
    public bool MaySeePhones => Role is not AccountRole.Wall;
}
