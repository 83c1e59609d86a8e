namespace CommandCenter.AreaFiles;

/// <summary>An answer that ends the run; the message is for the person.</summary>
internal sealed class ServerRefusedException(string message) : Exception(message);
