namespace CommandCenter.Streets;

/// <summary>A place on the network that something beside it was taken to.</summary>
/// <param name="Edge">Of the network.</param>
/// <param name="Fraction">How far along it, from 0 at its first node to 1.</param>
/// <param name="AwayMeters">From the street to what was asked for.</param>
public readonly record struct StreetPlace(int Edge, float Fraction, float AwayMeters);
