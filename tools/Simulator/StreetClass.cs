namespace CommandCenter.Simulator;

/// <summary>The third number of a street edge; the values are the plan's.</summary>
public enum StreetClass
{
    Path = 0,

    /// <summary>What an edge without a class is.</summary>
    Residential = 1,
    Secondary = 2,
    Primary = 3,

    /// <summary>Ring road or expressway: crossed at its corners, walked along by nobody.</summary>
    Trunk = 4,
}
