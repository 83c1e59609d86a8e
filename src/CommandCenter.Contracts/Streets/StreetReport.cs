namespace CommandCenter.Contracts.Streets;

/// <summary>The streets as they are, as answered by <c>GET /api/streets</c> and by <c>PUT</c>, there with what was passed over.</summary>
/// <param name="Streets">Lines; 0: travel times are the straight line's times a factor.</param>
/// <param name="Kilometers">All together.</param>
/// <param name="Named">Lines with a name.</param>
/// <param name="Parts">Connected parts: a file whose lines do not share positions where they meet falls into many.</param>
/// <param name="Refused">The first 100 features that are no streets.</param>
/// <param name="RefusedCount">All of them.</param>
public sealed record StreetReport(int Streets, double Kilometers, int Named, int Parts, IReadOnlyList<StreetRefusal> Refused, int RefusedCount);

/// <param name="Feature">Its place in the file, from 0.</param>
/// <param name="Reason">Why it is no street.</param>
public sealed record StreetRefusal(int Feature, string Reason);
