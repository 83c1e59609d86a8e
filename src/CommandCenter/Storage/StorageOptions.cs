using System.ComponentModel.DataAnnotations;

namespace CommandCenter.Storage;

/// <summary>Section <c>Storage</c>: where data lies and how long to wait for its backends.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Folder of everything the server keeps for itself: its own PostgreSQL and Redis, their passwords, the demo's sign-ins.</summary>
    [Required]
    public string DataFolder { get; set; } = "./data";

    /// <summary>Folder with PostgreSQL's <c>bin</c>, <c>lib</c> and <c>share</c>; empty: those that came with the build.</summary>
    public string PostgresBinaries { get; set; } = "";

    /// <summary>The Redis server's program: a name to look up in PATH, or a path.</summary>
    [Required]
    public string RedisServer { get; set; } = "redis-server";

    /// <summary>Memory of the server's own Redis, megabytes; when full it refuses writes and phones are told to come back.</summary>
    [Range(64, 1_000_000)]
    public int RedisMaxMegabytes { get; set; } = 4_096;

    /// <summary>Connections to PostgreSQL of this process.</summary>
    [Range(2, 1_000)]
    public int PostgresPoolSize { get; set; } = 32;

    /// <summary>Longest wait for a connection to PostgreSQL, seconds.</summary>
    [Range(1, 60)]
    public int PostgresConnectSeconds { get; set; } = 5;

    /// <summary>Longest statement unless its caller says otherwise, seconds.</summary>
    [Range(1, 600)]
    public int PostgresCommandSeconds { get; set; } = 30;

    /// <summary>Longest wait for one answer of Redis, seconds; past it the call fails and the connection is made anew.</summary>
    [Range(0.1, 30)]
    public double RedisCallSeconds { get; set; } = 2;

    /// <summary>Pause between signs of life asked of Redis, seconds.</summary>
    [Range(0.1, 60)]
    public double RedisPingSeconds { get; set; } = 1;

    /// <summary>Longest pause between two attempts to reach a Redis that is away, seconds.</summary>
    [Range(0.05, 60)]
    public double RedisBackoffSeconds { get; set; } = 1;

    /// <summary>How often to ask whether another node changed a directory, milliseconds.</summary>
    [Range(20, 60_000)]
    public int ChangePollMilliseconds { get; set; } = 500;

    /// <summary>How often to look again whether the backends are there and their settings durable, seconds.</summary>
    [Range(1, 3_600)]
    public int DurabilityCheckSeconds { get; set; } = 5;

    /// <summary>Longest wait for a child (PostgreSQL, Redis) to start and recover, seconds.</summary>
    [Range(1, 3_600)]
    public int ChildStartSeconds { get; set; } = 120;

    /// <summary>Longest wait for a child to stop by itself before it is killed, seconds.</summary>
    [Range(1, 60)]
    public int ChildStopSeconds { get; set; } = 4;
}
