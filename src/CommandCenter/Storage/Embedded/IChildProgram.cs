using System.Diagnostics;

namespace CommandCenter.Storage.Embedded;

/// <summary>A backend that the server runs itself.</summary>
internal interface IChildProgram
{
    /// <summary>As people call it: <c>PostgreSQL</c>, <c>Redis</c>.</summary>
    string Name { get; }

    /// <summary>Asks it to end its clients and stop.</summary>
    Signal StopSignal { get; }

    /// <summary>A free port, chosen anew at each first start that fails and kept from then on.</summary>
    int Port { get; set; }

    /// <summary>Makes what must be there before it can start.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    ProcessStartInfo Command();

    /// <summary>Returns when it serves; throws while it does not.</summary>
    Task ProbeAsync(CancellationToken cancellationToken);

    /// <summary>Whether a line of its output is worth a warning.</summary>
    bool IsWarning(string line);
}
