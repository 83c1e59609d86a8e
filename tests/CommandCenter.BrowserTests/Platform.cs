// The server's own children, signals and file modes: all of it is Linux.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
