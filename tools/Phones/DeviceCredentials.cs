namespace CommandCenter.Phones;

/// <summary>
/// What an enrolled device signs in with: the OsmAnd id, which is a secret itself, or user name and password, or both.
/// Not a record: a printed record would show the secrets.
/// </summary>
public sealed class DeviceCredentials
{
    public string? OsmandId { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    public bool HasOsmandId => !string.IsNullOrEmpty(OsmandId);

    public bool HasPassword => !string.IsNullOrEmpty(User) && !string.IsNullOrEmpty(Password);

    public override string ToString() => User ?? "(device known by its OsmAnd id)";
}
