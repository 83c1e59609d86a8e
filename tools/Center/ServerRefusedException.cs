namespace CommandCenter.Center;

/// <summary>An answer that ends the run; the message is for the person.</summary>
public sealed class ServerRefusedException(string message) : Exception(message);
