namespace CommandCenter.Storage;

/// <summary>
/// Something that must be done, once, before the server says ready: load a directory, rebuild the picture. Register as
/// <c>services.AddSingleton&lt;IStartupStep, X&gt;()</c>. Steps run one after another; one that fails is run again, so it must be repeatable.
/// </summary>
public interface IStartupStep
{
    /// <summary>Lower runs first. Schema: lowest. Directories: 100. Demo data: 200. Live picture: 300. Track writer: 400.</summary>
    int Order { get; }

    /// <summary>The readiness condition's name, such as <c>schema</c>.</summary>
    string Name { get; }

    /// <summary>Throws when a backend is away (it is run again) or <see cref="StartupRefusedException"/> when trying again is no use.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
